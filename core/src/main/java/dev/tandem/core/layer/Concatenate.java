package dev.tandem.core.layer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tensors one after another along an axis, equal along all others: (batch, …, a) and (batch, …, b)
 * to (batch, …, a + b). No weights.
 */
public final class Concatenate extends StandardLayer<Concatenate> {

  private static final Setting<Integer> AXIS =
      Setting.integer("axis").checked(Concatenate::requireNotTheBatch);

  Concatenate(LayerSettings settings) {
    super(settings);
  }

  /** A layer that puts tensors together along the last axis. */
  public static Concatenate of() {
    return axis(-1);
  }

  /** A layer for another axis, counted with the batch as 0, or from the end if negative. */
  public static Concatenate axis(int axis) {
    return new Concatenate(LayerSettings.of(AXIS, axis));
  }

  private static void requireNotTheBatch(String what, int axis) {
    if (axis == 0) {
      throw new IllegalArgumentException(what + " is the batch: 0");
    }
  }

  @Override
  protected List<TensorSpec> outputs(List<TensorSpec> inputs) {
    if (inputs.size() < 2) {
      throw reject("expects at least two inputs", MergeLayer.shapes(inputs), "give it another");
    }
    Shape first = inputs.get(0).shape();
    int axis = axisOf(inputs);
    long size = 0;
    for (TensorSpec input : inputs) {
      if (input.dtype() != inputs.get(0).dtype()) {
        throw reject("expects inputs of one type", inputs, "insert a cast");
      }
      if (input.shape().rank() != first.rank()
          || !input.shape().with(axis, 0).equals(first.with(axis, 0))) {
        throw reject(
            "expects shapes that are equal but for axis " + axis,
            MergeLayer.shapes(inputs),
            "make them so");
      }
      size += input.shape().size(axis);
    }
    return List.of(inputs.get(0).withShape(first.with(axis, size)));
  }

  private int axisOf(List<TensorSpec> inputs) {
    int axis = get(AXIS);
    int rank = inputs.get(0).shape().rank();
    int index = axis < 0 ? axis + rank : axis;
    if (index < 1 || index >= rank) {
      throw reject(
          "puts tensors together along axis " + axis,
          MergeLayer.shapes(inputs),
          "name an axis that there is, not the batch");
    }
    return index;
  }

  @Override
  protected List<Value> forward(LayerCall forward, List<Value> inputs) {
    return List.of(forward.ops().concat(get(AXIS), inputs));
  }

  /**
   * Along axis 1 the masks one after another, with ones for inputs that have none; along others a
   * step counts that counts in any of the inputs, as in Keras.
   */
  @Override
  protected List<@Nullable Value> masks(Ops ops, List<Value> inputs, List<@Nullable Value> masks) {
    if (axisOf(inputs.stream().map(Value::spec).toList()) != 1) {
      return Collections.singletonList(StepMasks.either(this, ops, inputs, masks));
    }
    List<Value> all = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      Shape shape = inputs.get(i).shape();
      TensorSpec ofSteps = inputs.get(i).spec().withShape(Shape.of(shape.size(0), shape.size(1)));
      Value mask = masks.get(i);
      all.add(mask == null ? ops.fill(1, ofSteps) : mask);
    }
    return Collections.singletonList(ops.concat(1, all));
  }
}
