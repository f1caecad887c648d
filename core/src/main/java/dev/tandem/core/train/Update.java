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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The second half of a step: gradients move weights, and pending state becomes state. */
final class Update implements AutoCloseable {

  private final Optimizer optimizer;
  private final Program program;

  /** For each age of slots: one, but after compiling again. */
  private final ImmutableList<Scalars> scalars;

  Update(
      Function<OpGraph, Program> preparing,
      Optimizer optimizer,
      @Nullable Clipping clipping,
      List<TrainedWeight> moved,
      SlotAges ages,
      Map<Weight, Variable> pending) {
    this.optimizer = optimizer;
    Ops ops = new Ops();
    Map<Long, Scalars> byStart = new LinkedHashMap<>();
    List<Value> gradients = moved.stream().map(m -> ops.read(m.gradient())).toList();
    if (clipping != null && !moved.isEmpty()) {
      ops.origin("clipping");
      gradients = clipping.apply(ops, gradients);
    }
    for (int i = 0; i < moved.size(); i++) {
      TrainedWeight one = moved.get(i);
      ops.origin(one.weight().path() + " update");
      List<Value> numbers =
          byStart
              .computeIfAbsent(ages.start(i), start -> new Scalars(optimizer, start))
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
    this.scalars = ImmutableList.copyOf(byStart.values());
    this.program = preparing.apply(ops.build(Map.of()));
  }

  /**
   * Moves the weights.
   *
   * @param step counted from 1
   * @param factor of the schedule's rate
   * @throws IllegalStateException if the schedule gives no finite rate for it
   */
  void run(long seed, long step, RateFactor factor) {
    double rate = factor.at(optimizer.rate(), step - 1);
    if (!Double.isFinite(rate)) {
      throw new IllegalStateException(
          "the learning rate of "
              + optimizer
              + " is not a finite number in step "
              + step
              + ": "
              + rate);
    }
    for (int i = 0; i < scalars.size(); i++) {
      scalars.get(i).feed(program, step, rate);
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
