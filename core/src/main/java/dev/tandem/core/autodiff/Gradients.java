package dev.tandem.core.autodiff;

import dev.tandem.core.op.Composite;
import dev.tandem.core.op.Op;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.VjpContext;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The gradients of values with respect to other values, recorded behind them in the same builder.
 *
 * <p>Reverse mode: calls between the two are visited from last to first; each gives the gradients
 * that have arrived at its outputs to its rule, and what the rule returns arrives at its inputs.
 * Only calls that depend on a wanted value are visited.
 */
public final class Gradients {

  private Gradients() {}

  /**
   * The gradients of a scalar.
   *
   * @param of a scalar
   * @param wrt any values it may depend on
   * @return for each of them a value of its shape; zeros where {@code of} does not depend on it
   * @throws IllegalArgumentException if {@code of} is not a scalar
   */
  public static List<Value> of(Ops ops, Value of, List<Value> wrt) {
    if (of.shape().length() != 1) {
      throw new IllegalArgumentException("the gradient of " + of + " needs a scalar; take a sum");
    }
    return of(ops, List.of(of), List.of(ops.fill(1, of.spec())), wrt);
  }

  /**
   * The vector-Jacobian products of several values.
   *
   * @param upstreams a gradient for each value
   * @param wrt any values they may depend on
   * @return for each of them a value of its shape; zeros where nothing depends on it
   */
  public static List<Value> of(
      Ops ops, List<Value> values, List<? extends @Nullable Value> upstreams, List<Value> wrt) {
    Map<Value, Value> arrived = arrive(ops, values, upstreams, wrt, false);
    List<Value> result = new ArrayList<>();
    for (Value target : wrt) {
      Value gradient = arrived.get(target);
      result.add(gradient == null ? ops.fill(0, target.spec()) : gradient);
    }
    return result;
  }

  private static Map<Value, Value> arrive(
      Ops ops,
      List<Value> values,
      List<? extends @Nullable Value> upstreams,
      List<Value> wrt,
      boolean stopThere) {
    Map<Value, Value> arrived = new HashMap<>();
    for (int i = 0; i < values.size(); i++) {
      add(ops, arrived, values.get(i), upstreams.get(i));
    }
    Set<Value> targets = new HashSet<>(wrt);
    for (OpCall call : between(values, targets, stopThere)) {
      List<@Nullable Value> upstream = new ArrayList<>();
      for (Value output : call.outputs()) {
        // what arrives at a target goes no further if it stops there
        upstream.add(stopThere && targets.contains(output) ? null : arrived.get(output));
      }
      if (upstream.stream().allMatch(Objects::isNull)) {
        continue;
      }
      List<@Nullable Value> back = back(ops, call, upstream);
      for (int i = 0; i < back.size(); i++) {
        add(ops, arrived, call.inputs().get(i), back.get(i));
      }
    }
    return arrived;
  }

  private static void add(Ops ops, Map<Value, Value> arrived, Value at, @Nullable Value gradient) {
    if (gradient == null) {
      return;
    }
    if (!gradient.spec().equals(at.spec())) {
      throw new IllegalStateException("gradient " + gradient + " arrived at " + at);
    }
    arrived.merge(at, gradient, ops::add);
  }

  private static List<@Nullable Value> back(Ops ops, OpCall call, List<@Nullable Value> upstream) {
    String before = ops.origin(call.origin());
    try {
      Op op = call.op();
      List<@Nullable Value> back = op.vjp(new VjpContext(ops, call, upstream));
      if (back == null && op instanceof Composite composite) {
        List<Value> parts = composite.decompose(ops, call.inputs());
        return throughParts(ops, parts, upstream, call.inputs());
      }
      if (back == null || back.size() != call.inputs().size()) {
        throw new IllegalStateException("the gradient rule of " + call + " gave " + back);
      }
      return back;
    } finally {
      ops.origin(before);
    }
  }

  private static List<@Nullable Value> throughParts(
      Ops ops, List<Value> parts, List<@Nullable Value> upstream, List<Value> inputs) {
    Map<Value, Value> arrived = arrive(ops, parts, upstream, inputs, true);
    List<@Nullable Value> back = new ArrayList<>();
    Set<Value> seen = new HashSet<>();
    for (Value input : inputs) {
      // an input that stands twice gets its whole gradient once
      back.add(seen.add(input) ? arrived.get(input) : null);
    }
    return back;
  }

  /**
   * The calls that depend on a target and that a value depends on, last first. A target may itself
   * depend on another: {@code stopThere} leaves out what lies behind targets.
   */
  private static Iterable<OpCall> between(
      List<Value> values, Set<Value> targets, boolean stopThere) {
    Set<OpCall> reached = new TreeSet<>(Comparator.comparingInt(OpCall::id));
    Deque<OpCall> open = new ArrayDeque<>();
    for (Value value : values) {
      if (!stopThere || !targets.contains(value)) {
        open.push(value.call());
      }
    }
    while (!open.isEmpty()) {
      OpCall call = open.pop();
      if (reached.add(call)) {
        for (Value input : call.inputs()) {
          if (!stopThere || !targets.contains(input)) {
            open.push(input.call());
          }
        }
      }
    }
    Set<OpCall> depends = new HashSet<>();
    Deque<OpCall> lastFirst = new ArrayDeque<>();
    for (OpCall call : reached) {
      for (Value input : call.inputs()) {
        if (targets.contains(input) || depends.contains(input.call())) {
          depends.add(call);
          lastFirst.push(call);
          break;
        }
      }
    }
    return lastFirst;
  }
}
