package dev.tandem.core.worker;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.op.Variable;
import java.util.List;

/**
 * Means of variables that lie on the cards of several threads: the last one that comes to where all
 * meet lets the cards exchange.
 */
record CardMeans(ThreadMeeting meeting, int rank, CardGroup cards) implements VariableMeans {

  /** What one brings: its variables, and other numbers, which become means as well. */
  private record Mine(CardGroup.Part part, double[] others, long samples) {}

  @Override
  public void take(List<Variable> variables, double[] others, long samples) {
    RunningMean.requireSamples(samples);
    try (CardGroup.Part part = cards.part(rank, variables)) {
      meeting.together(
          rank,
          "takes a mean of what is on its card",
          new Mine(part, others, samples),
          this::exchange);
    }
  }

  private void exchange(List<Object> brought) {
    List<Mine> all = brought.stream().map(Mine.class::cast).toList();
    Mine first = all.get(0);
    for (int worker = 1; worker < all.size(); worker++) {
      Mine mine = all.get(worker);
      ThreadMeeting.requireLike(
          worker,
          mine.part().floats(),
          mine.part().doubles() + mine.others().length,
          first.part().floats(),
          first.part().doubles() + first.others().length);
    }
    double[] means = first.others().clone();
    RunningMean mean = new RunningMean();
    for (Mine mine : all) {
      RunningMean.add(means, mine.others(), 0, means.length, mean.share(mine.samples()));
    }
    cards.mean(
        all.stream().map(Mine::part).toList(),
        all.stream().map(Mine::samples).collect(ImmutableList.toImmutableList()));
    all.forEach(mine -> System.arraycopy(means, 0, mine.others(), 0, means.length));
  }
}
