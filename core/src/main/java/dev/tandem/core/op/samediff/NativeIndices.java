package dev.tandem.core.op.samediff;

import com.google.common.collect.ImmutableMap;
import dev.tandem.core.tensor.IndexScan;
import dev.tandem.core.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The indices by which a native op reads or writes a table. The ops do not look at them: one that
 * is not in the table reads or writes whatever lies beside it.
 */
public final class NativeIndices {

  /** What an op does with (its arrays, its integer arguments). */
  private static final ImmutableMap<String, BiFunction<List<INDArray>, long[], NativeIndices>>
      RULES = rules();

  private final INDArray indices;
  private final long[] limits;
  private final IndexScan scan;

  /** Indices of which those at a place along the last axis lie in [0, limit of that place). */
  private NativeIndices(INDArray indices, long... limits) {
    this.indices = indices;
    this.limits = limits;
    this.scan = new IndexScan(indices, limits);
  }

  private static ImmutableMap<String, BiFunction<List<INDArray>, long[], NativeIndices>> rules() {
    ImmutableMap.Builder<String, BiFunction<List<INDArray>, long[], NativeIndices>> rules =
        ImmutableMap.builder();
    rules.put("gather", NativeIndices::gather);
    rules.put("gather_nd", (in, args) -> places(in.get(1), in.get(0).shape()));
    rules.put("embedding_lookup", (in, args) -> new NativeIndices(in.get(1), in.get(0).size(0)));
    rules.put("onehot", (in, args) -> new NativeIndices(in.get(0), argument(in, 1, args, 1)));
    for (String kind : List.of("max", "mean", "min", "prod", "sqrt_n", "sum")) {
      rules.put(
          "unsorted_segment_" + kind,
          (in, args) -> new NativeIndices(in.get(1), argument(in, 2, args, 0)));
    }
    for (String kind : List.of("add", "div", "max", "min", "mul", "sub", "upd")) {
      rules.put("scatter_" + kind, (in, args) -> new NativeIndices(in.get(1), in.get(0).size(0)));
    }
    for (String kind : List.of("add", "sub", "update")) {
      rules.put("scatter_nd_" + kind, (in, args) -> places(in.get(1), in.get(0).shape()));
    }
    rules.put("scatter_nd", (in, args) -> places(in.get(0), in.get(2).toLongVector()));
    for (String kind : List.of("", "_grad")) {
      rules.put(
          "sparse_softmax_cross_entropy_loss_with_logits" + kind,
          (in, args) -> new NativeIndices(in.get(0), in.get(1).size(-1)));
    }
    return rules.buildOrThrow();
  }

  /**
   * Those of an op; null if it has none.
   *
   * @param name of the native op
   * @param inputs its arrays
   * @param args its integer arguments
   */
  public static @Nullable NativeIndices of(String name, List<INDArray> inputs, long... args) {
    BiFunction<List<INDArray>, long[], NativeIndices> rule = RULES.get(name);
    return rule == null ? null : rule.apply(inputs, args);
  }

  /** Whether a native op has indices. */
  static boolean belongTo(String name) {
    return RULES.containsKey(name);
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
      throw outside(
          op,
          origin,
          indices.dup('c').reshape(indices.length()).getLong(outside),
          outside,
          Shape.of(indices.shape()),
          limits[(int) (outside % limits.length)]);
    }
  }

  /**
   * The error of an index that is not in its table.
   *
   * @param op the name of the op
   * @param origin who drew it
   * @param at where it lies among the indices, counted in 'c' order
   * @param shape of the indices
   * @param limit the size of the table
   */
  public static IllegalArgumentException outside(
      String op, String origin, long index, long at, Shape shape, long limit) {
    return new IllegalArgumentException(
        "op "
            + op
            + " in \""
            + origin
            + "\" got the index "
            + index
            + " at "
            + shape.place(at)
            + " of "
            + shape
            + ", which is not in [0, "
            + limit
            + "); keep it there where it is computed (a cast of NaN or of a number too large"
            + " gives such indices, too)");
  }
}
