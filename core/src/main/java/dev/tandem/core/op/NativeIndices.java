package dev.tandem.core.op;

import dev.tandem.core.tensor.IndexScan;
import dev.tandem.core.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The indices by which a native op reads or writes a table. The ops do not look at them: one that
 * is not in the table reads or writes whatever lies beside it.
 */
public final class NativeIndices {

  private final INDArray indices;
  private final long[] limits;
  private final IndexScan scan;

  /** Indices of which those at a place along the last axis lie in [0, limit of that place). */
  private NativeIndices(INDArray indices, long... limits) {
    this.indices = indices;
    this.limits = limits;
    this.scan = new IndexScan(indices, limits);
  }

  /**
   * Those of an op; null if it has none.
   *
   * @param name of the native op
   * @param inputs its arrays
   * @param args its integer arguments
   */
  public static @Nullable NativeIndices of(String name, List<INDArray> inputs, long... args) {
    return switch (name) {
      case "gather" -> gather(inputs, args);
      case "embedding_lookup" -> new NativeIndices(inputs.get(1), inputs.get(0).size(0));
      case "onehot" -> new NativeIndices(inputs.get(0), argument(inputs, 1, args, 1));
      case "unsorted_segment_max",
          "unsorted_segment_mean",
          "unsorted_segment_min",
          "unsorted_segment_prod",
          "unsorted_segment_sqrt_n",
          "unsorted_segment_sum" ->
          new NativeIndices(inputs.get(1), argument(inputs, 2, args, 0));
      case "scatter_add",
          "scatter_div",
          "scatter_max",
          "scatter_min",
          "scatter_mul",
          "scatter_sub",
          "scatter_upd" ->
          new NativeIndices(inputs.get(1), inputs.get(0).size(0));
      case "gather_nd", "scatter_nd_add", "scatter_nd_sub", "scatter_nd_update" ->
          places(inputs.get(1), inputs.get(0).shape());
      case "scatter_nd" -> places(inputs.get(0), inputs.get(2).toLongVector());
      case "sparse_softmax_cross_entropy_loss_with_logits",
          "sparse_softmax_cross_entropy_loss_with_logits_grad" ->
          new NativeIndices(inputs.get(0), inputs.get(1).size(-1));
      default -> null;
    };
  }

  private static NativeIndices gather(List<INDArray> inputs, long[] args) {
    INDArray table = inputs.get(0);
    int axis = args.length == 0 ? 0 : (int) args[0];
    long limit = table.size(axis);
    if (inputs.size() > 1) {
      return new NativeIndices(inputs.get(1), limit);
    }
    long[] fixed = new long[args.length - 1];
    System.arraycopy(args, 1, fixed, 0, fixed.length);
    return new NativeIndices(Nd4j.createFromArray(fixed), limit);
  }

  /** Each row of indices names a place by its first coordinates. */
  private static NativeIndices places(INDArray indices, long[] sizes) {
    return new NativeIndices(indices, Arrays.copyOf(sizes, (int) indices.size(-1)));
  }

  /** A number that is given as an array or as an argument. */
  private static long argument(List<INDArray> inputs, int input, long[] args, int arg) {
    return inputs.size() > input ? inputs.get(input).getLong(0) : args[arg];
  }

  /** Where, counted in 'c' order, the first index lies that is not in the table; -1 if all are. */
  public long firstOutside() {
    return scan.firstOutside();
  }

  /** The array of indices. */
  public INDArray indices() {
    return indices;
  }

  /**
   * Refuses indices that are not in the table.
   *
   * @param op the name of the op
   * @param origin who drew it
   * @throws IllegalArgumentException if there is one
   */
  public void require(String op, String origin) {
    long outside = firstOutside();
    if (outside >= 0) {
      throw new IllegalArgumentException(
          "op "
              + op
              + " in \""
              + origin
              + "\" got the index "
              + indices.dup('c').reshape(indices.length()).getLong(outside)
              + " at "
              + Shape.of(indices.shape()).place(outside)
              + " of "
              + Shape.of(indices.shape())
              + ", which is not in [0, "
              + limits[(int) (outside % limits.length)]
              + "); keep it there where it is computed (a cast of NaN or of a number too large"
              + " gives such indices, too)");
    }
  }
}
