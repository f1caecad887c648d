package dev.tandem.core.train;

import com.google.common.primitives.Ints;
import dev.tandem.core.op.BroadcastTo;
import dev.tandem.core.op.Op;
import dev.tandem.core.op.PermuteOp;
import dev.tandem.core.op.ReshapeOp;
import dev.tandem.core.op.Slice;
import java.util.List;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Arrays after ops that compute nothing. */
final class Arranged {

  private Arranged() {}

  /** An array after ops in their order; casts change nothing here. */
  static INDArray of(INDArray array, List<Op> ops) {
    INDArray arranged = array;
    for (Op op : ops) {
      if (op instanceof ReshapeOp reshape) {
        arranged = arranged.reshape('c', reshape.shape().toArray());
      } else if (op instanceof PermuteOp permute) {
        arranged = arranged.permute(Ints.toArray(permute.axes()));
      } else if (op instanceof BroadcastTo broadcast) {
        arranged = arranged.broadcast(broadcast.shape().toArray());
      } else if (op instanceof Slice slice) {
        arranged = arranged.get(box(slice));
      }
    }
    return arranged;
  }

  private static INDArrayIndex[] box(Slice slice) {
    INDArrayIndex[] box = new INDArrayIndex[slice.begin().rank()];
    for (int axis = 0; axis < box.length; axis++) {
      long begin = slice.begin().size(axis);
      box[axis] = NDArrayIndex.interval(begin, begin + slice.size().size(axis));
    }
    return box;
  }

  /** Where in the array an element lies that lies there after the ops, both in 'c' order. */
  static long source(INDArray array, List<Op> ops, long index) {
    if (ops.isEmpty()) {
      return index;
    }
    long[] numbers = LongStream.range(0, array.length()).toArray();
    INDArray places = Nd4j.createFromArray(numbers).reshape('c', array.shape());
    return of(places, ops).dup('c').ravel().getLong(index);
  }
}
