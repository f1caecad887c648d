package dev.tandem.core.worker;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The place where threads wait for each other, as long as none of them has failed or ended. */
final class ThreadMeeting {

  private final int count;
  private final float[][] floats;
  private final double[][] doubles;
  private final byte[][] bytes;
  private final long[] samples;
  private final Object[] doing;
  private int there;
  private long round;
  private int endedRank = -1;
  private @Nullable Throwable failure;

  // Those of the exchange that is being made: all write them between two meetings.
  private float[] floatMeans = {};
  private double[] doubleMeans = {};

  ThreadMeeting(int count) {
    this.count = count;
    this.floats = new float[count][];
    this.doubles = new double[count][];
    this.bytes = new byte[count][];
    this.samples = new long[count];
    this.doing = new Object[count];
  }

  int count() {
    return count;
  }

  /** A worker's program has come to its end. */
  synchronized void leave(int rank) {
    if (endedRank < 0) {
      endedRank = rank;
    }
    notifyAll();
  }

  /** A worker has failed: nobody waits for it. */
  synchronized void fail(int rank, Throwable error) {
    if (failure == null && !(error instanceof WorkerException && endedRank >= 0)) {
      endedRank = rank;
      failure = error;
    } else if (failure == null) {
      failure = error; // it waited for one whose program had ended
    }
    notifyAll();
  }

  synchronized Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  /** Waits until all are here. */
  private synchronized void meet() {
    requireAll();
    long mine = round;
    if (++there == count) {
      there = 0;
      round++;
      notifyAll();
      return;
    }
    while (round == mine) {
      requireAll();
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while waiting for other workers", e);
      }
    }
  }

  private void requireAll() {
    if (failure != null) {
      throw new WorkerException(
          endedRank,
          "worker "
              + endedRank
              + " of "
              + count
              + " failed: "
              + failure
              + "; nothing was moved by this step, go on from the last checkpoint",
          failure);
    } else if (endedRank >= 0) {
      throw new WorkerException(
          endedRank,
          "worker "
              + endedRank
              + " of "
              + count
              + " has come to the end of its program, and others wait for it; let all make as many"
              + " steps",
          null);
    }
  }

  /** All are to do the same. */
  private void meetFor(int rank, String what) {
    doing[rank] = what;
    meet();
    for (int other = 0; other < count; other++) {
      if (!what.equals(doing[other])) {
        throw new WorkerException(
            other,
            "worker "
                + other
                + " "
                + doing[other]
                + " where worker "
                + rank
                + " "
                + what
                + "; workers run the same program: let all call the same in the same order",
            null);
      }
    }
  }

  byte[][] gather(int rank, byte[] mine) {
    bytes[rank] = mine;
    meetFor(rank, "gathers bytes");
    byte[][] all = bytes.clone();
    meet();
    return all;
  }

  void mean(int rank, float[] ofFloats, double[] ofDoubles, long ofSamples) {
    floats[rank] = ofFloats;
    doubles[rank] = ofDoubles;
    samples[rank] = ofSamples;
    if (rank == 0) {
      floatMeans = floatMeans.length == ofFloats.length ? floatMeans : new float[ofFloats.length];
      doubleMeans =
          doubleMeans.length == ofDoubles.length ? doubleMeans : new double[ofDoubles.length];
    }
    meetFor(rank, "takes a mean");
    requireLike(rank);
    addUp(rank);
    meet();
    System.arraycopy(floatMeans, 0, ofFloats, 0, ofFloats.length);
    System.arraycopy(doubleMeans, 0, ofDoubles, 0, ofDoubles.length);
    meet();
  }

  private void requireLike(int rank) {
    if (floats[rank].length != floats[0].length || doubles[rank].length != doubles[0].length) {
      throw new WorkerException(
          rank,
          "worker "
              + rank
              + " exchanges "
              + floats[rank].length
              + " float32 and "
              + doubles[rank].length
              + " float64 numbers, and worker 0 "
              + floats[0].length
              + " and "
              + doubles[0].length
              + "; workers run the same program on models of the same weights",
          null);
    }
  }

  /** Each takes a part of the places, over all workers. */
  private void addUp(int rank) {
    int from = start(floatMeans.length, rank);
    int to = start(floatMeans.length, rank + 1);
    int doublesFrom = start(doubleMeans.length, rank);
    int doublesTo = start(doubleMeans.length, rank + 1);
    RunningMean mean = new RunningMean();
    for (int worker = 0; worker < count; worker++) {
      double share = mean.share(samples[worker]);
      if (worker == 0) {
        System.arraycopy(floats[0], from, floatMeans, from, to - from);
        System.arraycopy(
            doubles[0], doublesFrom, doubleMeans, doublesFrom, doublesTo - doublesFrom);
      } else {
        RunningMean.add(floatMeans, floats[worker], from, to, share);
        RunningMean.add(doubleMeans, doubles[worker], doublesFrom, doublesTo, share);
      }
    }
  }

  private int start(int length, int rank) {
    return (int) ((long) length * rank / count);
  }
}
