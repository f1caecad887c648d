package dev.tandem.core.worker;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The place where threads wait for each other, as long as none of them has failed or ended. */
final class ThreadMeeting {

  private final int count;
  private final @Nullable Duration patience;
  private final float[][] floats;
  private final double[][] doubles;
  private final byte[][] bytes;
  private final long[] samples;
  private final Object[] doing;
  private final Object[] brought;
  private final boolean[] isHere;
  private int there;
  private long round;
  private int endedRank = -1;
  private @Nullable Throwable failure;

  /** Why nobody can go on, where that is no failure of a program. */
  private @Nullable WorkerException broken;

  private OptionalInt hung = OptionalInt.empty();

  // Those of the exchange that is being made: all write them between two meetings.
  private float[] floatMeans = {};
  private double[] doubleMeans = {};

  /**
   * A place for so many.
   *
   * @param patience how long they wait for one; null for as long as it takes
   */
  ThreadMeeting(int count, @Nullable Duration patience) {
    this.count = count;
    this.patience = patience;
    this.floats = new float[count][];
    this.doubles = new double[count][];
    this.bytes = new byte[count][];
    this.samples = new long[count];
    this.doing = new Object[count];
    this.brought = new Object[count];
    this.isHere = new boolean[count];
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

  /** The worker for which others have no more patience. */
  synchronized OptionalInt hung() {
    return hung;
  }

  /** Waits until all are here; the last one does something for all. */
  private synchronized void meet(int rank, Runnable byLast) {
    requireAll();
    long mine = round;
    isHere[rank] = true;
    if (++there == count) {
      try {
        byLast.run();
      } catch (RuntimeException | Error e) {
        broken = asOneOfAll(rank, e);
        throw broken;
      } finally {
        there = 0;
        Arrays.fill(isHere, false);
        round++;
        notifyAll();
      }
      return;
    }
    long begin = System.nanoTime();
    while (round == mine) {
      requireAll();
      await(rank, begin);
    }
    if (broken != null) {
      throw told(broken);
    }
  }

  private void meet(int rank) {
    meet(rank, () -> {});
  }

  private void await(int rank, long begin) {
    try {
      long most = patience == null ? Long.MAX_VALUE : patience.toNanos();
      long left = most - (System.nanoTime() - begin);
      if (left <= 0) {
        broken = missing(rank, TimeUnit.NANOSECONDS.toSeconds(most));
        notifyAll();
        throw broken;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for other workers", e);
    }
  }

  private WorkerException missing(int rank, long seconds) {
    int missing = 0;
    while (isHere[missing]) {
      missing++;
    }
    hung = OptionalInt.of(missing);
    return new WorkerException(
        missing,
        "worker "
            + missing
            + " of "
            + count
            + " has not come for "
            + seconds
            + " s to where worker "
            + rank
            + " "
            + doing[rank]
            + "; if its steps or saves take as long, give more patience, else see what it waits"
            + " for; nothing was moved by this step, go on from the last checkpoint",
        null);
  }

  private WorkerException asOneOfAll(int rank, Throwable error) {
    return error instanceof WorkerException known
        ? known
        : new WorkerException(
            rank,
            "the exchange of all "
                + count
                + " workers failed: "
                + error
                + "; nothing was moved by this step, go on from the last checkpoint",
            error);
  }

  /** The same for another thread. */
  private static WorkerException told(WorkerException one) {
    return new WorkerException(one.rank(), String.valueOf(one.getMessage()), one);
  }

  private void requireAll() {
    if (broken != null) {
      throw told(broken);
    } else if (failure != null) {
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

  /** Waits until all are here for the same; the last one does something for all. */
  private void meetFor(int rank, String what, Runnable byLast) {
    doing[rank] = what;
    meet(
        rank,
        () -> {
          for (int other = 0; other < count; other++) {
            requireSame(rank, what, other);
          }
          byLast.run();
        });
  }

  private void requireSame(int rank, String what, int other) {
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

  byte[][] gather(int rank, byte[] mine) {
    bytes[rank] = mine;
    meetFor(rank, "gathers bytes", () -> {});
    byte[][] all = bytes.clone();
    meet(rank);
    return all;
  }

  /** Lets the last one that comes make something of what all bring. */
  void together(int rank, String what, Object mine, Consumer<List<Object>> ofAll) {
    brought[rank] = mine;
    meetFor(rank, what, () -> ofAll.accept(List.of(brought)));
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
    meetFor(rank, "takes a mean", () -> {});
    requireLike(rank, ofFloats.length, ofDoubles.length, floats[0].length, doubles[0].length);
    addUp(rank);
    meet(rank);
    System.arraycopy(floatMeans, 0, ofFloats, 0, ofFloats.length);
    System.arraycopy(doubleMeans, 0, ofDoubles, 0, ofDoubles.length);
    meet(rank);
  }

  /** Refuses a worker that exchanges other numbers than the first one. */
  static void requireLike(int rank, long slim, long wide, long slimOfFirst, long wideOfFirst) {
    if (slim != slimOfFirst || wide != wideOfFirst) {
      throw new WorkerException(
          rank,
          "worker "
              + rank
              + " exchanges "
              + slim
              + " float32 and "
              + wide
              + " float64 numbers, and worker 0 "
              + slimOfFirst
              + " and "
              + wideOfFirst
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
