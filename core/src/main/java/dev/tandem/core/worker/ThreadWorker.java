package dev.tandem.core.worker;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.op.Engine;
import org.jspecify.annotations.Nullable;

/**
 * One worker that is a thread.
 *
 * @param cards that the workers have, or null
 */
record ThreadWorker(ThreadMeeting meeting, int rank, @Nullable CardGroup cards) implements Workers {

  @Override
  public int count() {
    return meeting.count();
  }

  @Override
  public void mean(float[] floats, double[] doubles, long samples) {
    RunningMean.requireSamples(samples);
    meeting.mean(rank, floats, doubles, samples);
  }

  @Override
  public ImmutableList<byte[]> gather(byte[] mine) {
    return ImmutableList.copyOf(meeting.gather(rank, mine));
  }

  @Override
  public Engine engine(Engine asked) {
    return cards == null ? asked : cards.engine(rank, asked);
  }

  @Override
  public VariableMeans means() {
    return cards == null ? new HostMeans(this) : new CardMeans(meeting, rank, cards);
  }

  /** As in {@code worker 1 of 4}. */
  @Override
  public String toString() {
    return "worker " + rank + " of " + count();
  }
}
