package dev.tandem.core.layer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Masks of steps, (batch, steps) with 1 for steps that count and 0 for others, as they go along
 * with the tensors of layers' calls.
 */
final class StepMasks {

  private static final long ANY_BATCH = 2;

  private StepMasks() {}

  /** No mask for any of so many outputs. */
  static List<@Nullable Value> none(int outputs) {
    return Collections.nCopies(outputs, null);
  }

  /** Which outputs of a call have a mask, found by writing their masks on scratch. */
  static List<Boolean> traced(
      Layer layer, List<TensorSpec> inputs, List<Boolean> masked, int outputs) {
    Ops scratch = new Ops();
    List<Value> values = new ArrayList<>();
    List<@Nullable Value> masks = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      TensorSpec spec = inputs.get(i);
      TensorSpec here = spec.withShape(spec.shape().withBatch(ANY_BATCH));
      values.add(scratch.feed("input" + i, here));
      masks.add(masked.get(i) ? scratch.feed("mask" + i, ofSteps(layer, here)) : null);
    }
    return layer.masks(scratch, values, masks).stream().map(Objects::nonNull).toList();
  }

  private static TensorSpec ofSteps(Layer layer, TensorSpec input) {
    Shape shape = input.shape();
    if (shape.rank() < 2 || !input.dtype().isFPType()) {
      throw layer.reject("takes masks of float inputs (batch, steps, …)", input, "reshape it");
    }
    return input.withShape(Shape.of(shape.size(0), shape.size(1)));
  }

  /** The mask that goes through a layer that treats each step by itself. */
  static @Nullable Value carried(Layer layer, List<Value> inputs, List<@Nullable Value> masks) {
    if (masks.stream().anyMatch(Objects::isNull)) {
      List<String> what = new ArrayList<>();
      for (int i = 0; i < inputs.size(); i++) {
        what.add(inputs.get(i).shape() + (masks.get(i) == null ? " without one" : " with one"));
      }
      throw layer.reject(
          "takes inputs that all have a mask, or none",
          String.join(" and ", what),
          "put Unmasking.of() behind those that have one, or a mask on the others");
    }
    return masks.get(0);
  }

  /** 1 where any of several masks is, as Keras's merging layers have it. */
  static @Nullable Value either(
      Layer layer, Ops ops, List<Value> inputs, List<@Nullable Value> masks) {
    Value all = carried(layer, inputs, masks);
    for (Value mask : masks) {
      all = all == null || mask == null ? null : mask.equals(all) ? all : ops.maximum(all, mask);
    }
    return all;
  }

  /** The masks of a call's outputs, held against them. */
  static List<@Nullable Value> check(
      String called, List<Value> outputs, List<@Nullable Value> masks) {
    boolean fits = masks.size() == outputs.size();
    for (int i = 0; fits && i < masks.size(); i++) {
      Value mask = masks.get(i);
      Shape output = outputs.get(i).shape();
      fits =
          mask == null
              || mask.dtype().isFPType()
                  && output.rank() >= 2
                  && mask.shape().equals(Shape.of(output.size(0), output.size(1)));
    }
    if (!fits) {
      throw new LayerFailure.State(
          called
              + " made "
              + outputs.stream().map(Value::spec).toList()
              + ", and masks(...) gave "
              + masks.stream().map(mask -> mask == null ? "none" : mask.spec() + "").toList()
              + "; let it give none, or a float (batch, steps), for each output",
          null);
    }
    return masks;
  }

  /** A mask with axes of size 1 behind, so that it broadcasts to values of a rank. */
  static Value behind(Ops ops, Value mask, int rank) {
    long[] sizes = Arrays.copyOf(mask.shape().toArray(), rank);
    Arrays.fill(sizes, 2, rank, 1);
    return ops.reshape(mask, sizes);
  }

  /** Values (batch, steps, …), with 0 in the steps that a mask leaves out. */
  static Value kept(Ops ops, Value x, Value mask) {
    return ops.where(behind(ops, mask, x.rank()), x, ops.scalar(0, x.dtype()));
  }
}
