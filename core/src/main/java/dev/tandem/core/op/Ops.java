package dev.tandem.core.op;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Ints;
import dev.tandem.core.tensor.Shape;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Draws calls of ops, as an algebra of {@link Value}s. Layers, losses and gradient rules are
 * written with it. Inputs of elementwise ops broadcast: axes are aligned at their ends, and an axis
 * of size 1 is repeated.
 */
public final class Ops extends ElementwiseOps {

  /** The matrix product, of batches of matrices too. */
  public Value matmul(Value a, Value b) {
    return matmul(a, b, false, false);
  }

  /** The matrix product of either matrix or its transpose. */
  public Value matmul(Value a, Value b, boolean transposeA, boolean transposeB) {
    return one(new MatMul(transposeA, transposeB), a, b);
  }

  /** The sum along axes; negative ones count from the end. */
  public Value sum(Value x, boolean keep, int... axes) {
    Axes reduced = Axes.of(x.shape(), axes);
    return reduced.areSingle(x.shape())
        ? reshape(x, reduced.reduce(x.shape(), keep))
        : one(new Sum(reduced, keep), x);
  }

  /** The sum of all elements: a scalar. */
  public Value sum(Value x) {
    return sum(x, false, IntStream.range(0, x.rank()).toArray());
  }

  /** The mean along axes; negative ones count from the end. */
  public Value mean(Value x, boolean keep, int... axes) {
    Value sum = sum(x, keep, axes);
    return scale(sum, (double) Math.max(1, sum.shape().length()) / x.shape().length());
  }

  /** The mean of all elements: a scalar. */
  public Value mean(Value x) {
    return mean(x, false, IntStream.range(0, x.rank()).toArray());
  }

  /** The largest along axes; negative ones count from the end. */
  public Value max(Value x, boolean keep, int... axes) {
    Axes searched = Axes.of(x.shape(), axes);
    return searched.areSingle(x.shape())
        ? reshape(x, searched.reduce(x.shape(), keep))
        : one(new Max(searched, keep), x);
  }

  /** x repeated along axes of size 1 and new leading ones. */
  public Value broadcastTo(Value x, Shape shape) {
    return x.shape().equals(shape) ? x : one(new BroadcastTo(shape), x);
  }

  /** x summed over the axes along which a tensor of this shape would be repeated. */
  public Value sumTo(Value x, Shape shape) {
    return reshape(sum(x, false, Broadcast.repeatedAxes(shape, x.shape())), shape);
  }

  /** The same elements with other axes. */
  public Value reshape(Value x, Shape shape) {
    return x.shape().equals(shape) ? x : one(new Reshape(shape), x);
  }

  /** The same elements with other axes. */
  public Value reshape(Value x, long... sizes) {
    return reshape(x, Shape.of(sizes));
  }

  /**
   * The axes in another order: for each axis after it, which one it was. Without a copy where only
   * axes of size 1 move.
   */
  public Value permute(Value x, int... axes) {
    Permute op = new Permute(ImmutableList.copyOf(Ints.asList(axes)));
    Shape shape = op.output(List.of(x.spec())).shape();
    return op.movesOnlyOnes(x.shape()) ? reshape(x, shape) : one(op, x);
  }

  /** The inputs one after another; a negative axis counts from the end. */
  public Value concat(int axis, List<Value> inputs) {
    return inputs.size() == 1
        ? inputs.get(0)
        : apply(new Concat(inputs.get(0).shape().axis(axis)), inputs).get(0);
  }

  /** A stretch along one axis. */
  public Value slice(Value x, int axis, long begin, long size) {
    if (begin == 0 && size == x.shape().size(axis)) {
      return x;
    }
    Shape origin = Shape.of(new long[x.rank()]);
    return one(new Slice(origin.with(axis, begin), x.shape().with(axis, size)), x);
  }

  /** The convolution of (batch, height, width, in) with a kernel (height, width, in, out). */
  public Value conv2d(Value x, Value kernel, ConvGeometry geometry) {
    return one(new Conv2D(geometry), x, kernel);
  }

  /** The transposed convolution: what a convolution from {@code image} would send back for x. */
  public Value conv2dTranspose(Value x, Value kernel, ConvGeometry geometry, Shape image) {
    return one(new Conv2DInputGradient(geometry, image), kernel, x);
  }

  /**
   * The convolution of each channel by itself.
   *
   * @param x (batch, height, width, in)
   * @param kernel (height, width, in, multiplier)
   * @return (batch, height, width, in · multiplier)
   */
  public Value depthwiseConv2d(Value x, Value kernel, ConvGeometry geometry) {
    long channels = x.rank() == 4 ? x.shape().size(3) : -1;
    if (channels == 1 && kernel.rank() == 4 && kernel.shape().size(2) == 1) {
      return conv2d(x, kernel, geometry); // the same thing
    }
    if (geometry.equals(ConvGeometry.valid(1, 1))
        && kernel.shape().equals(Shape.of(1, 1, channels, 1))) {
      return multiply(x, reshape(kernel, channels)); // native ones fail for a single pixel
    }
    return one(new DepthwiseConv2D(geometry), x, kernel);
  }

  /** The largest of each window of (batch, height, width, channels); padding never is. */
  public Value maxPool2d(Value x, PoolWindow window) {
    return one(new MaxPool2D(window), x);
  }

  /**
   * The mean of each window of (batch, height, width, channels).
   *
   * @param countPadding whether padding counts as zeros; in Keras it does not
   */
  public Value avgPool2d(Value x, PoolWindow window, boolean countPadding) {
    return one(new AvgPool2D(window, countPadding), x);
  }

  /** Each pixel of (batch, height, width, channels) repeated as a block. */
  public Value upSample2d(Value x, int factorHeight, int factorWidth) {
    return one(new UpSample2D(factorHeight, factorWidth), x);
  }

  /** Rows of a table (rows, size) by integer indices of any shape: the shape with size appended. */
  public Value gather(Value table, Value indices) {
    return one(new Gather(), table, indices);
  }

  /** Values (…, size) summed into the rows of a table (rows, size) that integer indices (…) say. */
  public Value segmentSum(Value values, Value indices, long rows) {
    return one(new SegmentSum(rows), values, indices);
  }

  /** 1 where integer indices of any shape say along a new last axis, else 0. */
  public Value oneHot(Value indices, long depth, DataType dtype) {
    return one(new OneHot(depth, dtype), indices);
  }

  /** The int64 index of the largest along the last axis. */
  public Value argMax(Value x) {
    return one(new ArgMax(), x);
  }

  /**
   * Batch normalization of (…, channels) by its own mean and biased variance over all axes but the
   * last.
   *
   * @param gamma (channels)
   * @param beta (channels)
   */
  public Normalized batchNorm(Value x, Value gamma, Value beta, double epsilon) {
    return Normalized.of(apply(new BatchNorm(epsilon), List.of(x, gamma, beta)));
  }

  /**
   * Layer normalization of (…, size) along the last axis.
   *
   * @param gamma (size)
   * @param beta (size)
   */
  public Value layerNorm(Value x, Value gamma, Value beta, double epsilon) {
    return one(new LayerNorm(epsilon), x, gamma, beta);
  }

  /** The binary cross entropy of targets in [0, 1] under sigmoid(logits), elementwise. */
  public Value sigmoidCrossEntropy(Value logits, Value targets) {
    return one(new SigmoidCrossEntropy(), logits, targets);
  }

  /** The cross entropy of target probabilities (…, classes) under softmax(logits): (…). */
  public Value softmaxCrossEntropy(Value logits, Value targets) {
    return one(new SoftmaxCrossEntropy(), logits, targets);
  }

  /**
   * One step of Adam.
   *
   * @param update its fixed numbers
   * @param alpha the scalar rate · √(1 - beta2^t) / (1 - beta1^t)
   * @return the new weight, m and v
   */
  public List<Value> adam(
      AdamUpdate update, Value weight, Value gradient, Value m, Value v, Value alpha) {
    return apply(update, List.of(weight, gradient, m, v, alpha));
  }
}
