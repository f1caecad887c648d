package dev.tandem.core.op;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Ints;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The algebra of {@link Value}s, recorded as an {@link OpGraph}. Layers, losses and gradient rules
 * are written with it; families of ops add functions that take it, such as {@code
 * ImageOps.conv2d(ops, x, kernel, geometry)}. The same op on the same inputs is recorded once.
 * Inputs of elementwise ops broadcast: axes are aligned at their ends, and an axis of size 1 is
 * repeated.
 */
public final class Ops {

  private record Key(Op op, List<Value> inputs) {}

  private final Map<Key, OpCall> recorded = new HashMap<>();
  private final List<OpGraph.Assignment> assignments = new ArrayList<>();
  private int calls;
  private int streams;
  private String origin = "";

  /**
   * The outputs of an op.
   *
   * @throws IllegalArgumentException if the inputs do not fit the op
   */
  public List<Value> apply(Op op, List<Value> inputs) {
    Key key = new Key(op, List.copyOf(inputs));
    OpCall known = recorded.get(key);
    if (known == null) {
      List<TensorSpec> outputs = op.infer(inputs.stream().map(Value::spec).toList());
      known = new OpCall(calls++, op, inputs, outputs, origin);
      recorded.put(key, known);
    }
    return known.outputs();
  }

  /** The first output of an op. */
  public Value one(Op op, Value... inputs) {
    return apply(op, List.of(inputs)).get(0);
  }

  /** Says who records the following calls, as a path of names; returns the origin until then. */
  public String origin(String next) {
    String before = origin;
    origin = next;
    return before;
  }

  /** A value given before each run. */
  public Value feed(String name, TensorSpec spec) {
    return one(new Feed(name, spec));
  }

  /** A float32 or float64 number given before each run. */
  public Value feed(String name, DataType dtype) {
    return feed(name, new TensorSpec(Shape.scalar(), dtype));
  }

  /** Feeds that stand for the given specs, to record on scratch. */
  List<Value> placeholders(List<TensorSpec> specs) {
    List<Value> feeds = new ArrayList<>();
    for (TensorSpec spec : specs) {
      feeds.add(feed("input" + feeds.size(), spec));
    }
    return feeds;
  }

  /** The value of a variable when the run begins. */
  public Value read(Variable variable) {
    return one(new Read(variable));
  }

  /** Fixed values; the array must not change afterwards. */
  public Value constant(INDArray array) {
    return one(new Constant(array));
  }

  /** A tensor of one number everywhere. */
  public Value fill(double number, TensorSpec spec) {
    return one(new Fill(number, spec));
  }

  /** A scalar. */
  public Value scalar(double number, DataType dtype) {
    return fill(number, new TensorSpec(Shape.scalar(), dtype));
  }

  /** The number of a new stream of random numbers, told apart from all others of this graph. */
  public int stream() {
    return streams++;
  }

  /** Lets a value become a variable's content at the end of the run. */
  public void assign(Variable target, Value value) {
    for (OpGraph.Assignment assignment : assignments) {
      if (assignment.target() == target) {
        throw new IllegalStateException("\"" + target.name() + "\" is assigned twice in one run");
      }
    }
    assignments.add(new OpGraph.Assignment(target, value));
  }

  /** The assignments recorded so far. */
  public List<OpGraph.Assignment> assignments() {
    return List.copyOf(assignments);
  }

  /** The graph of the named outputs and all assignments. */
  public OpGraph build(Map<String, Value> outputs) {
    return OpGraph.of(outputs, assignments);
  }

  /** a + b. */
  public Value add(Value a, Value b) {
    return one(BinaryFunction.ADD, a, b);
  }

  /** a - b. */
  public Value subtract(Value a, Value b) {
    return one(BinaryFunction.SUBTRACT, a, b);
  }

  /** a · b, elementwise. */
  public Value multiply(Value a, Value b) {
    return one(BinaryFunction.MULTIPLY, a, b);
  }

  /** a / b, elementwise. */
  public Value divide(Value a, Value b) {
    return one(BinaryFunction.DIVIDE, a, b);
  }

  /** The larger of each pair. */
  public Value maximum(Value a, Value b) {
    return one(BinaryFunction.MAXIMUM, a, b);
  }

  /** The smaller of each pair. */
  public Value minimum(Value a, Value b) {
    return one(BinaryFunction.MINIMUM, a, b);
  }

  /** x held between two numbers. */
  public Value clip(Value x, double low, double high) {
    return minimum(maximum(x, scalar(low, x.dtype())), scalar(high, x.dtype()));
  }

  /** 1 where a &gt; b, else 0. */
  public Value greater(Value a, Value b) {
    return one(BinaryFunction.GREATER, a, b);
  }

  /** 1 where a = b, else 0. */
  public Value equal(Value a, Value b) {
    return one(BinaryFunction.EQUAL, a, b);
  }

  /** x times a number. */
  public Value scale(Value x, double factor) {
    return factor == 1 ? x : one(new Scale(factor), x);
  }

  /** x plus a number. */
  public Value shift(Value x, double term) {
    return term == 0 ? x : one(new Shift(term), x);
  }

  /** -x. */
  public Value negate(Value x) {
    return scale(x, -1);
  }

  /** e to the x. */
  public Value exp(Value x) {
    return one(UnaryFunction.EXP, x);
  }

  /** The natural logarithm. */
  public Value log(Value x) {
    return one(UnaryFunction.LOG, x);
  }

  /** log(1 + x). */
  public Value log1p(Value x) {
    return one(UnaryFunction.LOG1P, x);
  }

  /** The square root. */
  public Value sqrt(Value x) {
    return one(UnaryFunction.SQRT, x);
  }

  /** x times itself. */
  public Value square(Value x) {
    return one(UnaryFunction.SQUARE, x);
  }

  /** x to the power of a number. */
  public Value power(Value x, double exponent) {
    if (exponent == 1) {
      return x;
    }
    return exponent == 2 ? square(x) : one(new Power(exponent), x);
  }

  /** The absolute value. */
  public Value abs(Value x) {
    return one(UnaryFunction.ABS, x);
  }

  /** -1, 0 or 1. */
  public Value sign(Value x) {
    return one(UnaryFunction.SIGN, x);
  }

  /** 1 where x &gt; 0, else 0. */
  public Value step(Value x) {
    return one(UnaryFunction.STEP, x);
  }

  /** The error function. */
  public Value erf(Value x) {
    return one(UnaryFunction.ERF, x);
  }

  /** a where a condition is not 0, else b, of which the other leaves no trace, NaN included. */
  public Value where(Value condition, Value a, Value b) {
    return one(new Select(), condition, a, b);
  }

  /** x, through which no gradient goes back. */
  public Value stopGradient(Value x) {
    return one(new StopGradient(), x);
  }

  /** x in another element type. */
  public Value cast(Value x, DataType dtype) {
    return x.dtype() == dtype ? x : one(new Cast(dtype), x);
  }

  /**
   * The matrix product of the last two axes. Axes before them are batches, which broadcast: (8, 1,
   * 3, 4) and (5, 4, 2) give (8, 5, 3, 2).
   */
  public Value matmul(Value a, Value b) {
    return matmul(a, b, false, false);
  }

  /** The matrix product of either matrix or its transpose; see {@link #matmul(Value, Value)}. */
  public Value matmul(Value a, Value b, boolean transposeA, boolean transposeB) {
    return BatchedProduct.of(this, a, b, new MatMul(transposeA, transposeB));
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
    return x.shape().equals(shape) ? x : one(new ReshapeOp(shape), x);
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
    PermuteOp op = new PermuteOp(ImmutableList.copyOf(Ints.asList(axes)));
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

  /** The elements along axes in the opposite order; negative axes count from the end. */
  public Value reverse(Value x, int... axes) {
    Axes turned = Axes.of(x.shape(), axes);
    return turned.areSingle(x.shape()) ? x : one(new Reverse(turned), x);
  }

  /** For each element the sum of it and all before it along an axis. */
  public Value cumulativeSum(Value x, int axis) {
    return cumulativeSum(x, axis, false, false);
  }

  /**
   * For each element the sum of those before it along an axis.
   *
   * @param axis a negative one counts from the end
   * @param exclusive whether the element itself is left out
   * @param reversed whether those behind it are summed instead
   */
  public Value cumulativeSum(Value x, int axis, boolean exclusive, boolean reversed) {
    return one(new CumulativeSum(x.shape().axis(axis), exclusive, reversed), x);
  }
}
