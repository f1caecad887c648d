package dev.tandem.cuda.text;

import dev.tandem.core.engine.kernel.UseCounts;
import dev.tandem.core.op.Fill;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Value;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * The calls that one kernel computes itself: what nobody else reads, as long as each element is
 * computed once. What is read at several places of an output, or what would make a kernel too long,
 * stays a kernel of its own.
 */
final class Chain {

  /** Calls of one kernel, and what it reads: with more of them registers run out. */
  private static final int MOST_CALLS = 96;

  private static final int MOST_INPUTS = 32;

  /** Calls that a large kernel computes again for each repetition. */
  private static final int MOST_REPEATED = 8;

  private static final long LARGE = 1 << 16;

  private final UseCounts uses;
  private final Set<OpCall> members = new HashSet<>();
  private final Set<Value> read = new HashSet<>();

  /** The ways on which the elements of a value are reached from the kernel's own. */
  private final Map<Value, Set<Integer>> reached = new HashMap<>();

  private final Map<Object, Integer> ways = new HashMap<>();
  private final Set<Integer> repeating = new HashSet<>();
  private int repeated;

  Chain(UseCounts uses) {
    this.uses = uses;
  }

  /** Whether a call is computed where its output is read. */
  boolean holds(OpCall call) {
    return members.contains(call);
  }

  /** Takes in what a call reads. */
  void grow(OpCall root) {
    if (!members.add(root)) {
      return;
    }
    PriorityQueue<OpCall> open = new PriorityQueue<>(Comparator.comparing(call -> -call.id()));
    boolean large = root.outputs().get(0).shape().length() > LARGE;
    reach(root, Fusion.isWritten(root) ? way(root, "own") : -1, open);
    for (Value input : root.inputs()) {
      large |= input.shape().length() > LARGE;
    }
    OpCall last = null;
    while (!open.isEmpty()) {
      // readers have larger numbers, so all ways to a value are known
      OpCall call = open.poll();
      if (call != last && !members.contains(call) && fits(call, large)) {
        members.add(call);
        read.remove(call.outputs().get(0));
        int way = ways(call.outputs().get(0)).iterator().next();
        if (repeating.contains(way) && !Fusion.isMove(call)) {
          repeated++;
        }
        reach(call, way, open);
      }
      last = call;
    }
  }

  private boolean fits(OpCall call, boolean large) {
    Value value = call.outputs().get(0);
    Set<Integer> on = ways(value);
    if (!Fusion.isWritten(call) || !uses.within(value, members) || on.size() != 1) {
      return false;
    }
    boolean again = large && repeating.contains(on.iterator().next()) && !Fusion.isMove(call);
    return members.size() < MOST_CALLS
        && read.size() + call.inputs().size() <= MOST_INPUTS
        && (!again || repeated < MOST_REPEATED);
  }

  private void reach(OpCall call, int way, PriorityQueue<OpCall> open) {
    for (int i = 0; i < call.inputs().size(); i++) {
      Value input = call.inputs().get(i);
      int next = way < 0 ? way(call, "input " + i) : next(call, i, way);
      reached.computeIfAbsent(input, v -> new HashSet<>()).add(next);
      if (!(input.call().op() instanceof Fill)) {
        read.add(input);
      }
      open.add(input.call());
    }
  }

  /** The way to an input; the same where the same arithmetic leads to the same index. */
  private int next(OpCall call, int input, int way) {
    Value from = call.inputs().get(input);
    Value to = call.outputs().get(0);
    if (Fusion.keepsIndex(call)
        || !Fusion.isMove(call) && from.shape().length() == to.shape().length()) {
      return way;
    } else if (!Fusion.isMove(call) || Fusion.repeats(call)) {
      int next = way(way, from.shape(), to.shape());
      repeating.add(next);
      return next;
    }
    int next = way(way, call.op(), from.shape(), input);
    if (repeating.contains(way)) {
      repeating.add(next);
    }
    return next;
  }

  private int way(Object... how) {
    return ways.computeIfAbsent(List.of(how), key -> ways.size());
  }

  private Set<Integer> ways(Value value) {
    return reached.getOrDefault(value, Set.of());
  }
}
