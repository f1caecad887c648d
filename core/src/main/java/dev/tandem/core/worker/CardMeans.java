package dev.tandem.core.worker;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.op.Variable;
import java.util.ArrayList;
import java.util.List;

/**
 * Means of variables that lie on the cards of several threads: the last one that comes to where all
 * meet lets the cards exchange.
 */
record CardMeans(ThreadMeeting meeting, int rank, CardGroup cards) implements VariableMeans {

  @Override
  public void take(List<Variable> variables, double[] others, long samples) {
    RunningMean.requireSamples(samples);
    try (CardGroup.Part part = cards.part(rank, variables)) {
      meeting.mean(rank, new float[0], others, samples);
      meeting.together(rank, new Mine(part, samples), this::exchange);
    }
  }

  /** What one brings. */
  private record Mine(CardGroup.Part part, long samples) {}

  private void exchange(List<Object> all) {
    List<CardGroup.Part> parts = new ArrayList<>();
    ImmutableList.Builder<Long> samples = ImmutableList.builder();
    for (int worker = 0; worker < all.size(); worker++) {
      Mine mine = (Mine) all.get(worker);
      parts.add(mine.part());
      samples.add(mine.samples());
      ThreadMeeting.requireLike(
          worker,
          mine.part().floats(),
          mine.part().doubles(),
          parts.get(0).floats(),
          parts.get(0).doubles());
    }
    cards.mean(parts, samples.build());
  }
}
