package dev.tandem.onnx;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.math.LongMath;
import dev.tandem.core.lowering.Lowering;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.BroadcastTo;
import dev.tandem.core.op.Constant;
import dev.tandem.core.op.Expansion;
import dev.tandem.core.op.Feed;
import dev.tandem.core.op.Fill;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Pad;
import dev.tandem.core.op.ReshapeOp;
import dev.tandem.core.op.Scale;
import dev.tandem.core.op.Slice;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.image.Conv2DInputGradient;
import dev.tandem.core.op.random.RandomNormal;
import dev.tandem.core.op.random.RandomUniform;
import dev.tandem.core.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * What a model computes, for batches of any size. Op graphs have concrete shapes, so the model is
 * written for two sizes, and what differs is what grows with the batch; a third size, which nothing
 * divides, tells whether that is all.
 *
 * @param graph at {@link #BATCH} samples
 * @param sizes of the axes of each of its values
 */
record OpenGraph(OpGraph graph, ImmutableMap<Value, ImmutableList<Size>> sizes) {

  /** Divided by all numbers up to 16, so that groups of so many samples come out even. */
  static final long BATCH = 720_720;

  /** Ops that hold nothing but the shape of their output, and what is fed. */
  private static final ImmutableSet<Class<?>> SHAPES =
      ImmutableSet.of(
          ReshapeOp.class, BroadcastTo.class, Feed.class, RandomNormal.class, RandomUniform.class);

  /** Divided by no number but itself. */
  private static final long PRIME = 1_000_003;

  /**
   * The graph of a model.
   *
   * @param keep composites that stay; others become their parts
   * @throws IllegalArgumentException if it depends on the batch in another way than by sizes that
   *     grow with it
   */
  static OpenGraph of(Model model, Predicate<OpCall> keep) {
    OpGraph graph = Expansion.of(Lowering.predictor(model, BATCH), keep);
    OpGraph twice = Expansion.of(Lowering.predictor(model, 2 * BATCH), keep);
    OpGraph prime = Expansion.of(Lowering.predictor(model, PRIME), keep);
    Map<Value, Value> twins = twins(model, graph, twice, 2 * BATCH);
    Map<Value, Value> others = twins(model, graph, prime, PRIME);
    ImmutableMap.Builder<Value, ImmutableList<Size>> sizes = ImmutableMap.builder();
    for (OpCall call : graph.calls()) {
      for (Value value : call.outputs()) {
        Shape twin = Objects.requireNonNull(twins.get(value)).shape();
        ImmutableList<Size> found = sizes(model, value, twin);
        requireAt(model, value, found, Objects.requireNonNull(others.get(value)).shape());
        sizes.put(value, found);
      }
    }
    return new OpenGraph(graph, sizes.buildOrThrow());
  }

  /** The values of a graph by those of another one of the same model. */
  private static Map<Value, Value> twins(Model model, OpGraph one, OpGraph other, long batch) {
    if (one.calls().size() != other.calls().size()) {
      throw depends(model, "it has other ops in batches of another size");
    }
    Map<Value, Value> twins = new HashMap<>();
    for (int i = 0; i < one.calls().size(); i++) {
      OpCall a = one.calls().get(i);
      OpCall b = other.calls().get(i);
      List<Value> expected = a.inputs().stream().map(twins::get).toList();
      if (!a.op().kind().equals(b.op().kind())
          || !expected.equals(b.inputs())
          || a.outputs().size() != b.outputs().size()
          || !sameSettings(a, b, (double) batch / BATCH)) {
        throw depends(model, a.origin() + ": " + a.op() + " is " + b.op() + " in another");
      }
      for (int j = 0; j < a.outputs().size(); j++) {
        twins.put(a.outputs().get(j), b.outputs().get(j));
      }
    }
    return twins;
  }

  /** Whether two calls differ in shapes at most, which are compared elsewhere. */
  private static boolean sameSettings(OpCall a, OpCall b, double growth) {
    if (a.op() instanceof Constant one && b.op() instanceof Constant other) {
      return one.array().equals(other.array());
    }
    if (a.op() instanceof Scale one && b.op() instanceof Scale other) {
      // a mean over samples
      return one.factor() == other.factor()
          || Math.abs(other.factor() * growth / one.factor() - 1) < 1e-12;
    }
    if (a.op() instanceof Slice one && b.op() instanceof Slice other) {
      return one.begin().equals(other.begin());
    }
    if (a.op() instanceof Pad one && b.op() instanceof Pad other) {
      return one.begin().equals(other.begin());
    }
    if (a.op() instanceof Fill one && b.op() instanceof Fill other) {
      return one.number() == other.number();
    }
    if (a.op() instanceof Conv2DInputGradient one && b.op() instanceof Conv2DInputGradient other) {
      return one.geometry().equals(other.geometry());
    }
    return SHAPES.contains(a.op().getClass()) || a.op().equals(b.op());
  }

  private static ImmutableList<Size> sizes(Model model, Value value, Shape twin) {
    Shape shape = value.shape();
    List<Size> sizes = new ArrayList<>();
    for (int i = 0; i < shape.rank() && twin.rank() == shape.rank(); i++) {
      long size = shape.size(i);
      if (twin.size(i) == size) {
        sizes.add(Size.fixed(size));
      } else if (twin.size(i) == 2 * size) {
        long common = LongMath.gcd(size, BATCH);
        sizes.add(new Size(size / common, BATCH / common, true));
      } else {
        throw depends(model, value.call().origin() + ": " + value);
      }
    }
    return ImmutableList.copyOf(sizes);
  }

  private static void requireAt(Model model, Value value, List<Size> sizes, Shape shape) {
    List<Long> expected =
        sizes.stream().map(size -> size.ofBatch() ? exact(size) : size.factor()).toList();
    if (!Shape.of(expected.stream().mapToLong(size -> size).toArray()).equals(shape)) {
      throw depends(model, value.call().origin() + ": " + value + " is " + shape + " for " + PRIME);
    }
  }

  /** The size at the prime number, or 0 where it does not come out even. */
  private static long exact(Size size) {
    return size.divisor() == 1 ? size.at(PRIME) : 0;
  }

  private static IllegalArgumentException depends(Model model, String where) {
    return new IllegalArgumentException(
        model
            + " has no ONNX form with an open batch axis: its ops depend on how many samples a"
            + " batch has ("
            + where
            + "); save it for one size with SameDiffFile.save(model, batchSize, file)");
  }

  /** The sizes of the axes of a value. */
  ImmutableList<Size> sizes(Value value) {
    return Objects.requireNonNull(sizes.get(value));
  }

  /** Whether a value's shape is the same in all batches. */
  boolean isFixed(Value value) {
    return sizes(value).stream().noneMatch(Size::ofBatch);
  }
}
