package dev.tandem.core.train;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Program;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.Variable;
import dev.tandem.core.optimizer.Clipping;
import dev.tandem.core.optimizer.Optimizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The second half of a step: gradients move weights, and pending state becomes state. */
final class Update implements AutoCloseable {

  /** What weights share whose numbers are the same in each step. */
  private record Kind(UpdateRule rule, long start) {}

  private final Program program;

  /** One, but with groups, and for each age of slots after compiling again. */
  private final ImmutableList<Scalars> scalars;

  Update(
      Function<OpGraph, Program> preparing,
      UpdateRules rules,
      @Nullable Clipping clipping,
      List<TrainedWeight> moved,
      SlotAges ages,
      Map<Weight, Variable> pending) {
    Ops ops = new Ops();
    Map<Kind, Scalars> numbersOf = new LinkedHashMap<>();
    List<UpdateRule> seen = new ArrayList<>();
    List<Value> gradients = Clipped.of(ops, moved, rules, clipping);
    for (int i = 0; i < moved.size(); i++) {
      TrainedWeight one = moved.get(i);
      UpdateRule rule = rules.of(one.weight());
      Optimizer optimizer = rule.optimizer();
      ops.origin(one.weight().path() + " update");
      Kind kind = new Kind(rule.unclipped(), ages.start(i));
      if (!seen.contains(kind.rule())) {
        seen.add(kind.rule());
      }
      int number = seen.indexOf(kind.rule());
      List<Value> numbers =
          numbersOf
              .computeIfAbsent(kind, any -> new Scalars(kind.rule(), number, kind.start()))
              .of(ops, one.weight().spec().dtype());
      List<Value> slots = one.slots().stream().map(ops::read).toList();
      List<Value> next =
          optimizer.update(
              ops, ops.read(one.weight().variable()), gradients.get(i), slots, numbers);
      ops.assign(one.weight().variable(), next.get(0));
      for (int s = 0; s < one.slots().size(); s++) {
        ops.assign(one.slots().get(s), next.get(s + 1));
      }
    }
    pending.forEach((weight, value) -> ops.assign(weight.variable(), ops.read(value)));
    this.scalars = ImmutableList.copyOf(numbersOf.values());
    this.program = preparing.apply(ops.build(Map.of()));
  }

  /**
   * Moves the weights.
   *
   * @param step counted from 1
   * @param factor of all rates
   * @throws IllegalStateException if a schedule gives no finite rate for it
   */
  void run(long seed, long step, RateFactor factor) {
    for (int i = 0; i < scalars.size(); i++) {
      scalars.get(i).rate(step, factor); // all are finite, or nothing is fed
    }
    for (int i = 0; i < scalars.size(); i++) {
      scalars.get(i).feed(program, step, factor);
    }
    program.run(seed, step);
  }

  /** The variables it writes: weights, slots and state. */
  List<Variable> written() {
    return program.graph().assignments().stream().map(OpGraph.Assignment::target).toList();
  }

  Program program() {
    return program;
  }

  @Override
  public void close() {
    program.close();
  }
}
