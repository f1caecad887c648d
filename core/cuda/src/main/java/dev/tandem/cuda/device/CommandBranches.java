package dev.tandem.cuda.device;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Things on several streams, each of which does one thing after another: what does not wait for
 * each other may lie on different ones.
 *
 * @param steps where each thing lies, in order
 * @param last for each stream the last thing on it
 */
public record CommandBranches(ImmutableList<Step> steps, ImmutableList<Integer> last) {

  /**
   * A thing on a stream.
   *
   * @param stream from 0 on
   * @param waits the things on other streams of which the stream has to wait for first; nothing
   *     that it has waited for before
   */
  public record Step(int stream, ImmutableList<Integer> waits) {}

  private static final int NOTHING = -1;

  /**
   * Puts things on streams.
   *
   * @param waits for each thing the earlier ones that it waits for
   * @param most how many streams there may be
   */
  public static CommandBranches of(List<ImmutableSortedSet<Integer>> waits, int most) {
    List<Step> steps = new ArrayList<>();
    List<Integer> tails = new ArrayList<>();
    // what each thing has behind it on each stream: the last thing there that is done before it
    List<int[]> known = new ArrayList<>();
    for (int i = 0; i < waits.size(); i++) {
      int stream = choose(waits.get(i), steps, tails, most);
      int[] done = new int[most];
      Arrays.fill(done, NOTHING);
      if (tails.get(stream) != NOTHING) {
        merge(done, known.get(tails.get(stream)));
      }
      ImmutableList.Builder<Integer> events = ImmutableList.builder();
      for (int before : waits.get(i).descendingSet()) {
        if (done[steps.get(before).stream()] < before) {
          events.add(before);
          merge(done, known.get(before));
        }
      }
      done[stream] = i;
      known.add(done);
      tails.set(stream, i);
      steps.add(new Step(stream, events.build()));
    }
    return new CommandBranches(ImmutableList.copyOf(steps), ImmutableList.copyOf(tails));
  }

  /** The things that a stream waits for, and the last ones. */
  public ImmutableSortedSet<Integer> awaited() {
    ImmutableSortedSet.Builder<Integer> all = ImmutableSortedSet.naturalOrder();
    steps.forEach(step -> all.addAll(step.waits()));
    return all.addAll(last).build();
  }

  private static void merge(int[] done, int[] others) {
    for (int i = 0; i < done.length; i++) {
      done[i] = Math.max(done[i], others[i]);
    }
  }

  /** The stream of the last thing that is waited for, if that is the end of its stream. */
  private static int choose(
      ImmutableSortedSet<Integer> waits, List<Step> steps, List<Integer> tails, int most) {
    for (int before : waits.descendingSet()) {
      if (tails.get(steps.get(before).stream()) == before) {
        return steps.get(before).stream();
      }
    }
    if (tails.size() < most) {
      tails.add(NOTHING);
      return tails.size() - 1;
    }
    int oldest = 0;
    for (int stream = 1; stream < tails.size(); stream++) {
      oldest = tails.get(stream) < tails.get(oldest) ? stream : oldest;
    }
    return oldest;
  }
}
