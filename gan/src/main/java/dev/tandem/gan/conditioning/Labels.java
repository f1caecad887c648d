package dev.tandem.gan.conditioning;

import dev.tandem.core.backend.Backend;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Lambda;
import dev.tandem.core.layer.Tensors;
import dev.tandem.core.tensor.IndexScan;
import dev.tandem.core.tensor.Numbers;
import dev.tandem.core.tensor.Shape;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Labels: class numbers from 0 to one less than the number of classes. */
public final class Labels {

  private Labels() {}

  /** Whether an array of a type can hold labels: integers of any type. */
  public static boolean areIntegers(DataType dtype) {
    return dtype.isIntType();
  }

  /** Labels as int32 in a new array. */
  public static INDArray copyAsInts(INDArray labels) {
    return labels.dataType() == DataType.INT32 ? labels.dup() : labels.castTo(DataType.INT32);
  }

  /** The classes in turn from 0 on: a new int32 array (count). */
  static INDArray inTurn(int count, int classes) {
    Backend.require();
    return Nd4j.createFromArray(IntStream.range(0, count).map(i -> i % classes).toArray());
  }

  /**
   * A class for each row of a batch, each as likely as the others, new in each step.
   *
   * @param like a tensor of that batch size
   * @return int32 (batch)
   */
  static SymbolicTensor sampled(SymbolicTensor like, int classes) {
    SymbolicTensor unit = Tensors.randomUniform(like);
    return Lambda.of(
            (ops, in) ->
                ops.cast(ops.clip(ops.scale(in.get(0), classes), 0, classes - 0.5), DataType.INT32))
        .apply(unit);
  }

  /**
   * Refuses labels of classes that there are not.
   *
   * @param classes the number of classes
   * @param what they are, as in {@code target "label" of the data set}
   * @throws IllegalArgumentException if there is one; names the pair, the label, its place and the
   *     classes
   */
  public static void require(Networks networks, long classes, String what, INDArray labels) {
    require(networks, classes, what, labels, null);
  }

  /** The same; {@code origins} says where labels come from if it is not null. */
  static void require(
      Networks networks,
      long classes,
      String what,
      INDArray labels,
      @Nullable IntFunction<String> origins) {
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
            + (origins == null ? "" : ", " + origins.apply((int) outside))
            + ", and the pair of "
            + networks.generator()
            + " and "
            + networks.discriminator()
            + " has "
            + classes
            + " classes, [0, "
            + classes
            + "); "
            + (least >= 1 && most == classes
                ? "classes are counted from 0: subtract 1"
                : "correct it, or build the nets for more classes"));
  }
}
