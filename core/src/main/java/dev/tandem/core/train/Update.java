package dev.tandem.core.train;

import dev.tandem.core.layer.Weight;
import dev.tandem.core.op.Engine;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Program;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.Variable;
import dev.tandem.core.optimizer.Clipping;
import dev.tandem.core.optimizer.Optimizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;

/** The second half of a step: gradients move weights, and pending state becomes state. */
final class Update implements AutoCloseable {

  private final Optimizer optimizer;
  private final Program program;
  private final double[] numbers;

  /** Names of the scalar feeds, a list for each number: one feed for each type of weight. */
  private final List<List<String>> feeds;

  Update(
      Engine engine,
      Optimizer optimizer,
      @Nullable Clipping clipping,
      List<Moved> moved,
      Map<Weight, Variable> pending) {
    this.optimizer = optimizer;
    this.numbers = new double[optimizer.scalars().size()];
    this.feeds = new ArrayList<>();
    Ops ops = new Ops();
    Map<DataType, List<Value>> scalars = new HashMap<>();
    optimizer.scalars().forEach(name -> feeds.add(new ArrayList<>()));
    List<Value> gradients = moved.stream().map(m -> ops.read(m.gradient())).toList();
    if (clipping != null && !moved.isEmpty()) {
      ops.origin("clipping");
      gradients = clipping.apply(ops, gradients);
    }
    for (int i = 0; i < moved.size(); i++) {
      Moved one = moved.get(i);
      ops.origin(one.weight().path() + " update");
      List<Value> numbersHere =
          scalars.computeIfAbsent(one.weight().spec().dtype(), dtype -> scalars(ops, dtype));
      List<Value> slots = one.slots().stream().map(ops::read).toList();
      List<Value> next =
          optimizer.update(
              ops, ops.read(one.weight().variable()), gradients.get(i), slots, numbersHere);
      ops.assign(one.weight().variable(), next.get(0));
      for (int s = 0; s < one.slots().size(); s++) {
        ops.assign(one.slots().get(s), next.get(s + 1));
      }
    }
    pending.forEach((weight, value) -> ops.assign(weight.variable(), ops.read(value)));
    this.program = engine.prepare(ops.build(Map.of()));
  }

  private List<Value> scalars(Ops ops, DataType dtype) {
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < optimizer.scalars().size(); i++) {
      String name = optimizer.scalars().get(i) + ":" + dtype;
      feeds.get(i).add(name);
      values.add(ops.feed(name, dtype));
    }
    return values;
  }

  /**
   * Moves the weights.
   *
   * @param step counted from 1
   * @throws IllegalStateException if the schedule gives no finite rate for it
   */
  void run(long seed, long step) {
    double rate = optimizer.rate().at(step - 1);
    if (!Double.isFinite(rate)) {
      throw new IllegalStateException(
          "the learning rate of "
              + optimizer
              + " is not a finite number in step "
              + step
              + ": "
              + rate);
    }
    optimizer.scalars(step, rate, numbers);
    for (int i = 0; i < numbers.length; i++) {
      List<String> names = feeds.get(i);
      for (int k = 0; k < names.size(); k++) {
        program.feed(names.get(k), numbers[i]);
      }
    }
    program.run(seed, step);
  }

  /** What it writes: weights, slots and state. */
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
