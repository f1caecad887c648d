package dev.tandem.core.worker;

import com.google.common.collect.ImmutableList;

/** One worker that is a thread. */
record ThreadWorker(ThreadMeeting meeting, int rank) implements Workers {

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
}
