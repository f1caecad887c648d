package dev.tandem.core.worker;

import com.google.common.collect.ImmutableList;

/** The only worker. */
enum Alone implements Workers {
  INSTANCE;

  @Override
  public int rank() {
    return 0;
  }

  @Override
  public int count() {
    return 1;
  }

  @Override
  public void mean(float[] floats, double[] doubles, long samples) {
    RunningMean.requireSamples(samples);
  }

  @Override
  public ImmutableList<byte[]> gather(byte[] mine) {
    return ImmutableList.of(mine);
  }
}
