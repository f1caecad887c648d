package dev.tandem.gan.train;

import dev.tandem.core.tensor.IndexScan;
import dev.tandem.core.tensor.Numbers;
import dev.tandem.core.tensor.Shape;
import dev.tandem.gan.pair.AdversarialPair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Class numbers against what a pair has classes for. */
final class Labels {

  private Labels() {}

  /** Whether an array can hold labels: integers of any type. */
  static boolean areIntegers(DataType dtype) {
    return dtype.isIntType();
  }

  /** The same as int32. */
  static INDArray asInts(INDArray labels) {
    return labels.dataType() == DataType.INT32 ? labels : labels.castTo(DataType.INT32);
  }

  /**
   * Refuses labels of classes that there are not.
   *
   * @param what they are, as in {@code target "label" of the data set}
   * @throws IllegalArgumentException if there is one; names the pair, the label, its place and the
   *     classes
   */
  static void require(AdversarialPair pair, String what, INDArray labels) {
    long classes = pair.conditioning().classes();
    long outside = new IndexScan(labels, classes).firstOutside();
    if (outside < 0) {
      return;
    }
    Numbers numbers = Numbers.of(labels);
    long least = Long.MAX_VALUE;
    long most = Long.MIN_VALUE;
    for (long i = 0; i < numbers.length(); i++) {
      least = Math.min(least, numbers.whole(i));
      most = Math.max(most, numbers.whole(i));
    }
    throw new IllegalArgumentException(
        what
            + " holds "
            + numbers.whole(outside)
            + " at "
            + Shape.of(labels.shape()).place(outside)
            + ", and the pair of "
            + pair.generator()
            + " and "
            + pair.discriminator()
            + " has "
            + classes
            + " classes, [0, "
            + classes
            + "); "
            + (least >= 1 && most == classes
                ? "classes are counted from 0: subtract 1"
                : "correct it, or draw the nets for more classes"));
  }
}
