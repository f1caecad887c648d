package dev.tandem.gan.objective.penalty;

import dev.tandem.core.initializer.Initializers;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.LayerCall;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The average of all inputs of earlier steps, a scalar through which no gradient goes: {@code
 * average ← decay · average + (1 − decay) · mean(x)} at the end of each step, from 0 on.
 */
final class AverageSoFar extends Layer {

  private final double decay;
  private @Nullable Weight average;

  AverageSoFar(String name, double decay) {
    super(name);
    this.decay = decay;
  }

  @Override
  protected Layer unbuilt(UnaryOperator<Layer> copies) {
    return new AverageSoFar(name(), decay);
  }

  @Override
  protected void build(List<TensorSpec> inputs) {
    average = state("average", Shape.scalar(), inputs.get(0).dtype(), Initializers.zeros());
  }

  @Override
  protected List<TensorSpec> outputs(List<TensorSpec> inputs) {
    return List.of(inputs.get(0).withShape(Shape.scalar()));
  }

  @Override
  protected List<Value> forward(LayerCall forward, List<Value> inputs) {
    Ops ops = forward.ops();
    Weight state = Objects.requireNonNull(average);
    Value before = forward.weight(state);
    Value now = ops.stopGradient(ops.mean(inputs.get(0)));
    forward.update(state, ops.add(ops.scale(before, decay), ops.scale(now, 1 - decay)));
    return List.of(before);
  }
}
