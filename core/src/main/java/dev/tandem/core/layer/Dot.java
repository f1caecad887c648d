package dev.tandem.core.layer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The products of two tensors sample by sample, summed along an axis of each: (batch, k) and
 * (batch, k) to (batch, 1); (batch, n, k) and (batch, k, m) to (batch, n, m), and so on for all
 * ranks and axes: the other axes of the first come before those of the second, as in Keras's Dot.
 * No weights.
 */
public final class Dot extends StandardLayer<Dot> {

  private static final Setting<List<Integer>> AXES = Setting.integers("axes");
  private static final Setting<Boolean> NORMALIZE = Setting.flag("normalize").otherwise(false);

  private static final double SMALLEST = 1e-12;

  Dot(LayerSettings settings) {
    super(settings);
  }

  /** A layer that sums along the same axis of both, counted with the batch as 0. */
  public static Dot axes(int axis) {
    return axes(axis, axis);
  }

  /** A layer that sums along an axis of each, counted from the end if negative. */
  public static Dot axes(int first, int second) {
    return new Dot(LayerSettings.of(AXES, List.of(first, second)));
  }

  /**
   * Whether each is divided by its Euclidean norm along its axis first, which makes the cosine;
   * false unless set.
   */
  public Dot normalize(boolean normalize) {
    return set(NORMALIZE, normalize);
  }

  @Override
  protected List<TensorSpec> outputs(List<TensorSpec> inputs) {
    MergeLayer.requireTwo(this, inputs);
    Shape a = inputs.get(0).shape();
    Shape b = inputs.get(1).shape();
    boolean ranks = inputs.size() == 2 && a.rank() > 1 && b.rank() > 1;
    if (!ranks || a.size(0) != b.size(0)) {
      throw reject(
          "expects two inputs (batch, …) of rank 2 or higher",
          MergeLayer.shapes(inputs),
          "insert a Reshape");
    }
    if (a.size(axis(a, 0)) != b.size(axis(b, 1))) {
      throw reject(
          "sums along axes " + get(AXES) + " of equal sizes",
          MergeLayer.shapes(inputs),
          "choose other axes");
    }
    return List.of(inputs.get(0).withShape(output(a, b)));
  }

  private Shape output(Shape a, Shape b) {
    Shape output = a.without(axis(a, 0));
    Shape others = b.without(axis(b, 1)).sample();
    for (int i = 0; i < others.rank(); i++) {
      output = output.append(others.size(i));
    }
    return output.rank() == 1 ? output.append(1) : output;
  }

  /** The axis of an input along which is summed. */
  private int axis(Shape shape, int input) {
    int axis = get(AXES).get(input);
    int index = axis < 0 ? axis + shape.rank() : axis;
    if (index < 1 || index >= shape.rank()) {
      throw reject("sums along axis " + axis, shape, "name an axis that there is, not the batch");
    }
    return index;
  }

  @Override
  protected List<Value> forward(LayerCall forward, List<Value> inputs) {
    Ops ops = forward.ops();
    Value a = normalized(ops, inputs.get(0), 0);
    Value b = normalized(ops, inputs.get(1), 1);
    Shape output = output(a.shape(), b.shape());
    if (a.rank() == 2 && b.rank() == 2) {
      return List.of(ops.sum(ops.multiply(a, b), true, 1));
    }
    int axisA = axis(a.shape(), 0);
    int axisB = axis(b.shape(), 1);
    boolean transposeA = axisA == 1 && a.rank() > 2;
    boolean transposeB = axisB != 1;
    Value rows = transposeA ? firstOfTwo(ops, a) : lastOfTwo(ops, a, axisA);
    Value columns = transposeB ? lastOfTwo(ops, b, axisB) : firstOfTwo(ops, b);
    return List.of(ops.reshape(ops.matmul(rows, columns, transposeA, transposeB), output));
  }

  /** (batch, k, …) as (batch, k, others). */
  private static Value firstOfTwo(Ops ops, Value x) {
    long batch = x.shape().size(0);
    long size = x.shape().size(1);
    return ops.reshape(x, batch, size, x.shape().length() / (batch * size));
  }

  /** (batch, …, k, …) as (batch, others, k). */
  private static Value lastOfTwo(Ops ops, Value x, int axis) {
    long batch = x.shape().size(0);
    long size = x.shape().size(axis);
    Value last = x;
    if (axis != x.rank() - 1) {
      IntStream others = IntStream.range(0, x.rank()).filter(other -> other != axis);
      last = ops.permute(x, IntStream.concat(others, IntStream.of(axis)).toArray());
    }
    return ops.reshape(last, batch, x.shape().length() / (batch * size), size);
  }

  private Value normalized(Ops ops, Value x, int input) {
    if (!get(NORMALIZE)) {
      return x;
    }
    Value squares = ops.sum(ops.square(x), true, axis(x.shape(), input));
    Value bounded = ops.maximum(squares, ops.scalar(SMALLEST, x.dtype()));
    return ops.multiply(x, ops.power(bounded, -0.5));
  }

  /** Steps are gone behind it, and what their mask said. */
  @Override
  protected List<@Nullable Value> masks(Ops ops, List<Value> inputs, List<@Nullable Value> masks) {
    return StepMasks.none(1);
  }
}
