package dev.tandem.core.engine.nd4j;

import com.google.common.primitives.Ints;
import dev.tandem.core.engine.kernel.Kernel;
import dev.tandem.core.engine.kernel.KernelChoice;
import dev.tandem.core.op.Concat;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Pad;
import dev.tandem.core.op.Permute;
import dev.tandem.core.op.Slice;
import dev.tandem.core.tensor.Shape;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Ops that move elements and compute nothing. */
final class Shapes {

  private Shapes() {}

  /** Copies values into an array of the same shape or one that they are repeated to. */
  static Kernel assign(INDArray from, INDArray to) {
    return Native.custom("assign", List.of(to, from), List.of(to));
  }

  static KernelChoice broadcastTo(OpCall call) {
    return Choice.of(b -> assign(b.in(0), b.out()));
  }

  static KernelChoice permute(OpCall call) {
    int[] axes = Ints.toArray(((Permute) call.op()).axes());
    return Choice.of(b -> assign(b.in(0).permute(axes), b.out()));
  }

  static KernelChoice concat(OpCall call) {
    long axis = ((Concat) call.op()).axis();
    return Choice.of(b -> Native.custom("concat", b.inputs(), b.outputs(), axis));
  }

  static KernelChoice slice(OpCall call) {
    Slice op = (Slice) call.op();
    return Choice.of(b -> assign(box(b.in(0), op.begin(), op.size()), b.out()));
  }

  static KernelChoice pad(OpCall call) {
    Pad op = (Pad) call.op();
    return Choice.of(b -> pad(b.in(0), op.begin(), b.out()));
  }

  /** Zeros around values. */
  static Kernel pad(INDArray from, Shape begin, INDArray to) {
    Kernel zeros = assign(Nd4j.scalar(to.dataType(), 0), to);
    return Sequence.of(zeros, assign(from, box(to, begin, Shape.of(from.shape()))));
  }

  /** A box of an array, as a view. */
  static INDArray box(INDArray array, Shape begin, Shape size) {
    // offsets count from the beginning of the whole memory, of a view as well
    long offset = array.offset();
    long[] strides = array.stride();
    for (int i = 0; i < strides.length; i++) {
      offset += strides[i] * begin.size(i);
    }
    long end = 1;
    for (int i = 0; i < strides.length; i++) {
      end += strides[i] * (size.size(i) - 1);
    }
    return Nd4j.create(
        Nd4j.createBuffer(array.data(), offset, end), size.toArray(), strides, 0, 'c');
  }
}
