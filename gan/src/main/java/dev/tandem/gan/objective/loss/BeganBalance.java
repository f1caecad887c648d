package dev.tandem.gan.objective.loss;

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
 * BEGAN's loss of the discriminator from errors of real samples and of fakes. Its state is k, and
 * beside it the measure of convergence of the last step, {@code r + |ratio · r − f|}.
 */
final class BeganBalance extends Layer {

  private final double ratio;
  private final double gain;
  private @Nullable Weight k;
  private @Nullable Weight convergence;

  BeganBalance(String name, double ratio, double gain) {
    super(name);
    this.ratio = ratio;
    this.gain = gain;
  }

  @Override
  protected Layer unbuilt(UnaryOperator<Layer> copies) {
    return new BeganBalance(name(), ratio, gain);
  }

  @Override
  protected void build(List<TensorSpec> inputs) {
    k = state("k", Shape.scalar(), inputs.get(0).dtype(), Initializers.zeros());
    convergence = state("convergence", Shape.scalar(), inputs.get(0).dtype(), Initializers.zeros());
  }

  @Override
  protected List<TensorSpec> outputs(List<TensorSpec> inputs) {
    return List.of(inputs.get(0).withShape(Shape.scalar()));
  }

  @Override
  protected List<Value> forward(LayerCall forward, List<Value> inputs) {
    Ops ops = forward.ops();
    Value before = forward.weight(Objects.requireNonNull(k));
    Value real = ops.mean(inputs.get(0));
    Value fake = ops.mean(inputs.get(1));
    Value off = ops.subtract(ops.scale(real, ratio), fake);
    Value next = ops.clip(ops.add(before, ops.scale(off, gain)), 0, 1);
    forward.update(k, ops.stopGradient(next));
    Value measure = ops.add(real, ops.abs(off));
    forward.update(Objects.requireNonNull(convergence), ops.stopGradient(measure));
    return List.of(ops.subtract(real, ops.multiply(before, fake)));
  }
}
