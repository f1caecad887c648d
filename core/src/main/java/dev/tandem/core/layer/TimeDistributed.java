package dev.tandem.core.layer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A layer called on each step of a sequence: (batch, time, …) to (batch, time, …output). The steps
 * of all sequences are one batch for the inner layer. Weights and flag are the inner layer's.
 */
public final class TimeDistributed extends Wrapper<TimeDistributed> {

  TimeDistributed(LayerSettings settings) {
    this(described(settings));
  }

  private TimeDistributed(Layer inner) {
    super(inner, LayerSettings.none());
  }

  /** A layer that calls another one on each step. */
  public static TimeDistributed of(Layer inner) {
    return new TimeDistributed(inner);
  }

  @Override
  protected TimeDistributed around(Layer inner) {
    return new TimeDistributed(inner);
  }

  @Override
  protected List<TensorSpec> outputs(List<TensorSpec> inputs) {
    if (inputs.size() != 1 || inputs.get(0).shape().rank() < 3) {
      throw reject(
          "expects one input (batch, time, …)", MergeLayer.shapes(inputs), "insert a Reshape");
    }
    TensorSpec input = inputs.get(0);
    TensorSpec step = input.withShape(input.shape().without(1));
    return wrapped().outputsFor(List.of(step)).stream()
        .map(output -> output.withShape(sequence(input.shape(), output.shape())))
        .toList();
  }

  /** The shape of an output at all steps. */
  private static Shape sequence(Shape input, Shape output) {
    return output.sample().prepend(input.size(1)).prepend(input.size(0));
  }

  /** The inner layer has checked it. */
  @Override
  protected void checkAgain(List<TensorSpec> inputs) {}

  @Override
  protected List<Value> forward(LayerCall forward, List<Value> inputs) {
    Value x = inputs.get(0);
    Shape shape = x.shape();
    Shape steps = shape.without(1).with(0, shape.size(0) * shape.size(1));
    List<Value> rows = List.of(forward.ops().reshape(x, steps));
    return forward.callOnRows(wrapped(), rows, shape.size(1)).stream()
        .map(y -> forward.ops().reshape(y, sequence(shape, y.shape())))
        .toList();
  }

  @Override
  protected List<@Nullable Value> masks(Ops ops, List<Value> inputs, List<@Nullable Value> masks) {
    if (wrapped() instanceof BatchStatistics || wrapped() instanceof MinibatchStandardDeviation) {
      return super.masks(ops, inputs, masks); // it looks at all rows of a batch at once
    }
    Value x = inputs.get(0);
    TensorSpec step = x.spec().withShape(x.shape().without(1));
    return Collections.nCopies(wrapped().outputs(List.of(step)).size(), masks.get(0));
  }
}
