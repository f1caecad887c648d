package dev.tandem.core.engine.nd4j;

import com.google.common.primitives.Ints;
import dev.tandem.core.engine.kernel.Binding;
import dev.tandem.core.engine.kernel.HostKernelChoice;
import dev.tandem.core.engine.kernel.Kernel;
import dev.tandem.core.engine.kernel.Sequence;
import dev.tandem.core.op.Concat;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Pad;
import dev.tandem.core.op.PermuteOp;
import dev.tandem.core.op.Reverse;
import dev.tandem.core.op.Slice;
import dev.tandem.core.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Ops that move elements and compute nothing. */
final class Shapes {

  /** Up to this width the native op turns matrices fast. */
  private static final long SLIM = 32;

  private Shapes() {}

  /** The same elements in another shape, as a view. */
  static INDArray reshaped(INDArray array, long... shape) {
    return array.reshape('c', shape);
  }

  /** A stretch of the elements of an array, as a view. */
  static INDArray stretch(INDArray array, long begin, long... shape) {
    // offsets count from the beginning of the whole memory, of a view as well
    long offset = array.offset() + begin;
    long length = LongStream.of(shape).reduce(1, (a, b) -> a * b);
    return Nd4j.create(
        Nd4j.createBuffer(array.data(), offset, length),
        shape,
        Nd4j.getStrides(shape, 'c'),
        0,
        'c');
  }

  /** Copies values into an array of the same shape or one that they are repeated to. */
  static Kernel assign(INDArray from, INDArray to) {
    return Native.custom("assign", List.of(to, from), List.of(to));
  }

  static HostKernelChoice broadcastTo(OpCall call) {
    return Choice.of(b -> assign(b.in(0), b.out()));
  }

  static HostKernelChoice permute(OpCall call) {
    int[] axes = Ints.toArray(((PermuteOp) call.op()).axes());
    return Choice.of(b -> permute(b.in(0), b.out(), axes));
  }

  static Kernel permute(INDArray from, INDArray to, int... axes) {
    if (axes.length == 2 && Math.min(from.size(0), from.size(1)) > SLIM) {
      return assign(from.permute(axes), to);
    }
    return Native.custom(
        "permute", List.of(from), List.of(to), Arrays.stream(axes).asLongStream().toArray());
  }

  static HostKernelChoice concat(OpCall call) {
    int axis = ((Concat) call.op()).axis();
    Shape shape = call.outputs().get(0).shape();
    boolean stretches = LongStream.of(shape.toArray()).limit(axis).allMatch(size -> size == 1);
    return Choice.of(
        b -> stretches ? stretches(b) : Native.custom("concat", b.inputs(), b.outputs(), axis));
  }

  /** One input after the other. */
  private static Kernel stretches(Binding b) {
    Kernel[] copies = new Kernel[b.inputs().size()];
    long begin = 0;
    for (int i = 0; i < copies.length; i++) {
      INDArray input = b.in(i);
      copies[i] = assign(input, stretch(b.out(), begin, input.shape()));
      begin += input.length();
    }
    return Sequence.of(copies);
  }

  static HostKernelChoice slice(OpCall call) {
    Slice op = (Slice) call.op();
    long[] box =
        LongStream.concat(LongStream.of(op.begin().toArray()), LongStream.of(op.size().toArray()))
            .toArray();
    return Choice.of(b -> Native.custom("slice", b.inputs(), b.outputs(), box));
  }

  static HostKernelChoice reverse(OpCall call) {
    long[] axes =
        ((Reverse) call.op()).axes().list().stream().mapToLong(Integer::longValue).toArray();
    return Choice.of(b -> Native.custom("reverse", b.inputs(), b.outputs(), axes));
  }

  static HostKernelChoice pad(OpCall call) {
    Pad op = (Pad) call.op();
    int[][] amounts = op.amounts(call.inputs().get(0).shape());
    return Choice.of(b -> pad(b, amounts));
  }

  /** Zeros around values. */
  private static Kernel pad(Binding b, int[][] amounts) {
    INDArray rows =
        b.constants()
            .get(List.of("pad", Arrays.deepToString(amounts)), () -> Nd4j.createFromArray(amounts));
    return Native.custom("pad", List.of(b.in(0), rows), b.outputs(), new double[] {0}, 0);
  }
}
