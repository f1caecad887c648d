package dev.tandem.core.optimizer;

import dev.tandem.core.engine.BothEngines;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Program;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.Variable;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** One weight moved by an optimizer, step by step, in float64 and by SameDiff. */
final class Moves implements AutoCloseable {

  private final Optimizer optimizer;
  private final List<Variable> slots = new ArrayList<>();
  private final Variable weight;
  private final Program program;
  private long steps;

  Moves(Optimizer optimizer, double... start) {
    this.optimizer = optimizer;
    TensorSpec spec = new TensorSpec(Shape.of(start.length), DataType.DOUBLE);
    Ops ops = new Ops();
    weight = new Variable("weight", spec, () -> Nd4j.createFromArray(start.clone()));
    for (Optimizer.Slot slot : optimizer.slots()) {
      slots.add(
          new Variable(
              slot.name(),
              spec,
              () -> Nd4j.zeros(DataType.DOUBLE, start.length).assign(slot.initial())));
    }
    List<Value> next =
        optimizer.update(
            ops,
            ops.read(weight),
            ops.feed("gradient", spec),
            slots.stream().map(ops::read).toList(),
            optimizer.scalarNames().stream().map(name -> ops.feed(name, DataType.DOUBLE)).toList());
    ops.assign(weight, next.get(0));
    for (int i = 0; i < slots.size(); i++) {
      ops.assign(slots.get(i), next.get(i + 1));
    }
    program = new BothEngines().prepare(ops.build(Map.of()));
  }

  /** Moves the weight by one gradient, with what the schedule says for this step. */
  Moves by(double... gradient) {
    double[] numbers = new double[optimizer.scalarNames().size()];
    double rate = optimizer.rate().at(steps++);
    optimizer.scalars(steps, steps, rate, numbers);
    for (int i = 0; i < numbers.length; i++) {
      program.feed(optimizer.scalarNames().get(i), numbers[i]);
    }
    program.feed("gradient", Nd4j.createFromArray(gradient));
    program.run(0, steps);
    return this;
  }

  /** The weight now. */
  double[] weight() {
    return weight.array().dup().data().asDouble();
  }

  /** A slot now. */
  double[] slot(int index) {
    return slots.get(index).array().dup().data().asDouble();
  }

  @Override
  public void close() {
    program.close();
  }
}
