package dev.tandem.core.layer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Several tensors of one shape to one, element by element; axes of size 1 are repeated. No weights.
 *
 * @param <S> the layer's own class
 */
abstract class MergeLayer<S extends MergeLayer<S>> extends StandardLayer<S> {

  MergeLayer(LayerSettings settings) {
    super(settings);
  }

  /** Two tensors to one. */
  abstract Value merge(Ops ops, Value a, Value b);

  /** What comes after all are merged. */
  Value finish(Ops ops, Value merged, int count) {
    return merged;
  }

  @Override
  protected List<TensorSpec> outputs(List<TensorSpec> inputs) {
    requireTwo(this, inputs);
    Shape shape = inputs.get(0).shape();
    for (TensorSpec input : inputs) {
      shape = common(shape, input.shape(), inputs);
    }
    return List.of(inputs.get(0).withShape(shape));
  }

  private Shape common(Shape a, Shape b, List<TensorSpec> inputs) {
    boolean fits = a.rank() == b.rank();
    Shape shape = a;
    for (int axis = 0; fits && axis < a.rank(); axis++) {
      fits = a.size(axis) == b.size(axis) || axis > 0 && (a.size(axis) == 1 || b.size(axis) == 1);
      if (a.size(axis) == 1) {
        shape = shape.with(axis, b.size(axis));
      }
    }
    if (!fits) {
      throw reject("expects inputs of one shape", shapes(inputs), "make them equal");
    }
    return shape;
  }

  /** Refuses a single input, integers, and inputs of several types. */
  static void requireTwo(Layer layer, List<TensorSpec> inputs) {
    if (inputs.size() < 2) {
      throw layer.reject("expects at least two inputs", shapes(inputs), "give it another");
    }
    for (TensorSpec input : inputs) {
      if (!input.dtype().isFPType() || input.dtype() != inputs.get(0).dtype()) {
        throw layer.reject("expects float inputs of one type", inputs, "insert a cast");
      }
    }
  }

  static String shapes(List<TensorSpec> inputs) {
    return inputs.stream()
        .map(input -> input.shape().toString())
        .collect(Collectors.joining(" and "));
  }

  @Override
  protected final List<Value> forward(LayerCall forward, List<Value> inputs) {
    Ops ops = forward.ops();
    Value merged = inputs.stream().reduce((a, b) -> merge(ops, a, b)).orElseThrow();
    return List.of(finish(ops, merged, inputs.size()));
  }

  /** A step counts that counts in any of the inputs, as in Keras. */
  @Override
  protected List<@Nullable Value> masks(Ops ops, List<Value> inputs, List<@Nullable Value> masks) {
    return Collections.singletonList(StepMasks.either(this, ops, inputs, masks));
  }
}
