package dev.tandem.core.train;

import dev.tandem.core.op.BinaryOp;
import dev.tandem.core.op.BroadcastTo;
import dev.tandem.core.op.Cast;
import dev.tandem.core.op.Concat;
import dev.tandem.core.op.Constant;
import dev.tandem.core.op.CumulativeSum;
import dev.tandem.core.op.Feed;
import dev.tandem.core.op.Fill;
import dev.tandem.core.op.MatMul;
import dev.tandem.core.op.Max;
import dev.tandem.core.op.Op;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Pad;
import dev.tandem.core.op.PermuteOp;
import dev.tandem.core.op.Read;
import dev.tandem.core.op.ReshapeOp;
import dev.tandem.core.op.Reverse;
import dev.tandem.core.op.Select;
import dev.tandem.core.op.Slice;
import dev.tandem.core.op.Sum;
import dev.tandem.core.op.UnaryOp;
import dev.tandem.core.op.activation.Softmax;
import dev.tandem.core.op.array.ArgMax;
import dev.tandem.core.op.array.Gather;
import dev.tandem.core.op.array.OneHot;
import dev.tandem.core.op.image.AvgPool2D;
import dev.tandem.core.op.image.Conv2DInputGradient;
import dev.tandem.core.op.image.Conv2DOp;
import dev.tandem.core.op.image.DepthwiseConv2DInputGradient;
import dev.tandem.core.op.image.DepthwiseConv2DOp;
import dev.tandem.core.op.image.MaxPool2D;
import dev.tandem.core.op.random.RandomOp;
import dev.tandem.core.op.samediff.SameDiffGradient;
import dev.tandem.core.op.samediff.SameDiffOp;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.train.RowIndependence.Samples;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Rules on ops that keep samples apart: those where the places of a sample in the output depend on
 * the places of the same sample in the inputs alone, in the same way for every sample and every
 * number of them.
 */
final class RowRules {

  private RowRules() {}

  /**
   * Whether a call keeps samples apart.
   *
   * @param twin the same call at another number of samples
   * @param inputs where samples lie in each input
   * @param output where they lie in the output, by its shapes
   */
  static boolean keepApart(OpCall call, OpCall twin, List<Samples> inputs, Samples output) {
    Op op = call.op();
    if (!op.getClass().getPackageName().startsWith(Op.class.getPackageName())
        || op instanceof SameDiffOp
        || op instanceof SameDiffGradient) {
      return false; // somebody's own code, which may do anything
    } else if (inputs.isEmpty()) {
      return leaf(op, twin.op(), output);
    } else if (!output.any()) {
      // of what is the same the same is made; of a batch it would be a summary
      return op.equals(twin.op()) && inputs.stream().noneMatch(Samples::any);
    }
    return batch(call, twin, inputs, output);
  }

  private static boolean leaf(Op op, Op twin, Samples output) {
    if (op instanceof Feed feed) {
      return feed.label().equals(((Feed) twin).label())
          && (!output.any() || output.equals(new Samples(0, 1)));
    } else if (op instanceof Fill fill) {
      return Double.compare(fill.number(), ((Fill) twin).number()) == 0;
    } else if (op instanceof Read read) {
      return read.variable() == ((Read) twin).variable();
    } else if (op instanceof Constant constant) {
      return !output.any() && constant.array().equalsWithEps(((Constant) twin).array(), 0);
    }
    // numbers are sampled in the order of memory
    return op instanceof RandomOp random
        && random.stream() == ((RandomOp) twin).stream()
        && output.axis() == 0;
  }

  private static boolean batch(OpCall call, OpCall twin, List<Samples> inputs, Samples output) {
    Op op = call.op();
    if (op instanceof ReshapeOp) {
      return reshape(call, inputs.get(0), output);
    } else if (op instanceof BroadcastTo) {
      return spread(call, inputs, output);
    } else if (op instanceof Slice slice) {
      Slice other = (Slice) twin.op();
      return keep(inputs, output)
          && box(output.axis(), slice.begin(), slice.size(), other.begin(), other.size());
    } else if (op instanceof Pad pad) {
      Pad other = (Pad) twin.op();
      return keep(inputs, output)
          && box(output.axis(), pad.begin(), pad.shape(), other.begin(), other.shape());
    } else if (op instanceof Conv2DInputGradient || op instanceof DepthwiseConv2DInputGradient) {
      return transposed(op, twin.op())
          && !inputs.get(0).any()
          && output.axis() == 0
          && inputs.get(1).equals(output);
    }
    return op.equals(twin.op()) && equalOps(call, inputs, output);
  }

  /** Rules of ops whose settings do not depend on the number of samples. */
  private static boolean equalOps(OpCall call, List<Samples> inputs, Samples output) {
    Op op = call.op();
    Samples first = inputs.get(0);
    if (op instanceof Softmax || op instanceof ArgMax) {
      return keep(inputs, output) && first.axis() < rank(call, 0) - 1;
    } else if (op instanceof UnaryOp || op instanceof Cast || op instanceof OneHot) {
      return keep(inputs, output);
    } else if (op instanceof Reverse reverse) {
      return keep(inputs, output) && !reverse.axes().list().contains(output.axis());
    } else if (op instanceof CumulativeSum sum) {
      return keep(inputs, output) && sum.axis() != output.axis();
    } else if (op instanceof BinaryOp || op instanceof Select) {
      return spread(call, inputs, output);
    } else if (op instanceof Sum sum) {
      return reduce(sum.axes().list(), sum.keep(), first, output);
    } else if (op instanceof Max max) {
      return reduce(max.axes().list(), max.keep(), first, output);
    } else if (op instanceof PermuteOp permute) {
      return output.equals(new Samples(permute.axes().indexOf(first.axis()), first.each()));
    } else if (op instanceof Concat concat) {
      return keep(inputs, output) && concat.axis() != output.axis();
    } else if (op instanceof Gather) {
      return !first.any() && inputs.get(1).equals(output);
    } else if (op instanceof MatMul product) {
      return product(call, product, inputs, output);
    } else if (op instanceof Conv2DOp || op instanceof DepthwiseConv2DOp) {
      return first.axis() == 0 && first.equals(output) && !inputs.get(1).any();
    }
    return (op instanceof MaxPool2D || op instanceof AvgPool2D)
        && first.axis() == 0
        && keep(inputs, output);
  }

  /** In all inputs samples lie as in the output. */
  private static boolean keep(List<Samples> inputs, Samples output) {
    return inputs.stream().allMatch(output::equals);
  }

  /** Samples stay one after another if as much stands before their axis as did. */
  private static boolean reshape(OpCall call, Samples input, Samples output) {
    return input.any()
        && before(call.inputs().get(0).shape(), input.axis())
            == before(call.outputs().get(0).shape(), output.axis());
  }

  private static long before(Shape shape, int axis) {
    return LongStream.of(shape.toArray()).limit(axis).reduce(1, (a, b) -> a * b);
  }

  /**
   * Broadcast to the output: samples lie along its axis in every batch, and what does not depend on
   * the batch is repeated along it.
   */
  private static boolean spread(OpCall call, List<Samples> inputs, Samples output) {
    for (int i = 0; i < inputs.size(); i++) {
      int axis = output.axis() - call.outputs().get(0).rank() + rank(call, i);
      boolean fits =
          inputs.get(i).any()
              ? inputs.get(i).equals(new Samples(axis, output.each()))
              : axis < 0 || call.inputs().get(i).shape().size(axis) == 1;
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  /** Over other axes than that of the samples. */
  private static boolean reduce(List<Integer> axes, boolean keep, Samples input, Samples output) {
    long gone = keep ? 0 : axes.stream().filter(axis -> axis < input.axis()).count();
    return !axes.contains(input.axis())
        && output.equals(new Samples((int) (input.axis() - gone), input.each()));
  }

  /** Whole along the axis of the samples, and the same along the others at both numbers. */
  private static boolean box(int axis, Shape begin, Shape size, Shape twinBegin, Shape twinSize) {
    return begin.size(axis) == 0
        && begin.equals(twinBegin)
        && size.with(axis, 1).equals(twinSize.with(axis, 1));
  }

  /** Rows by one matrix, one matrix by columns, or matrix by matrix. */
  private static boolean product(
      OpCall call, MatMul product, List<Samples> inputs, Samples output) {
    Samples a = inputs.get(0);
    Samples b = inputs.get(1);
    int rows = rank(call, 0) - 2;
    if (a.any() && b.any()) {
      return rows == 1 && a.axis() == 0 && a.equals(b) && a.equals(output);
    } else if (a.any()) {
      return a.axis() == (product.transposeA() ? rows + 1 : rows)
          && output.equals(new Samples(rows, a.each()));
    }
    return b.axis() == (product.transposeB() ? rows : rows + 1)
        && output.equals(new Samples(rows + 1, b.each()));
  }

  /** Whether transposed convolutions have one window and one size of image. */
  private static boolean transposed(Op op, Op twin) {
    if (op instanceof Conv2DInputGradient one) {
      Conv2DInputGradient other = (Conv2DInputGradient) twin;
      return one.geometry().equals(other.geometry())
          && one.image().with(0, 1).equals(other.image().with(0, 1));
    }
    DepthwiseConv2DInputGradient one = (DepthwiseConv2DInputGradient) op;
    DepthwiseConv2DInputGradient other = (DepthwiseConv2DInputGradient) twin;
    return one.geometry().equals(other.geometry())
        && one.image().with(0, 1).equals(other.image().with(0, 1));
  }

  private static int rank(OpCall call, int input) {
    return call.inputs().get(input).rank();
  }
}
