package dev.tandem.examples.spark.bench;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.worker.Workers;

/** A worker that adds up how long its exchanges take, waiting for others included. */
final class TimedWorkers implements Workers {

  private final Workers worker;
  private long nanos;
  private long bytes;

  TimedWorkers(Workers worker) {
    this.worker = worker;
  }

  /** The time of exchanges since the last call of this, in ms. */
  double takeMillis() {
    double millis = nanos / 1e6;
    nanos = 0;
    return millis;
  }

  /** The bytes of numbers exchanged since the last call of this. */
  long takeBytes() {
    long taken = bytes;
    bytes = 0;
    return taken;
  }

  @Override
  public int rank() {
    return worker.rank();
  }

  @Override
  public int count() {
    return worker.count();
  }

  @Override
  public void mean(float[] floats, double[] doubles, long samples) {
    long begin = System.nanoTime();
    worker.mean(floats, doubles, samples);
    nanos += System.nanoTime() - begin;
    bytes += (long) floats.length * Float.BYTES + (long) doubles.length * Double.BYTES;
  }

  @Override
  public ImmutableList<byte[]> gather(byte[] mine) {
    return worker.gather(mine);
  }
}
