package dev.tandem.core.op;

import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Draws calls of ops. The same op on the same inputs is drawn once. */
class OpBuilder {

  private record Key(Op op, List<Value> inputs) {}

  private final Map<Key, OpCall> drawn = new HashMap<>();
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
    OpCall known = drawn.get(key);
    if (known == null) {
      List<TensorSpec> outputs = op.infer(inputs.stream().map(Value::spec).toList());
      known = new OpCall(calls++, op, inputs, outputs, origin);
      drawn.put(key, known);
    }
    return known.outputs();
  }

  /** The first output of an op. */
  public Value one(Op op, Value... inputs) {
    return apply(op, List.of(inputs)).get(0);
  }

  /** Says who draws the following calls, as a path of names; returns the origin until then. */
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

  /** Feeds that stand for the given specs, to draw on scratch. */
  List<Value> placeholders(List<TensorSpec> specs) {
    List<Value> feeds = new ArrayList<>();
    for (TensorSpec spec : specs) {
      feeds.add(feed("input" + feeds.size(), spec));
    }
    return feeds;
  }

  /** What a variable holds when the run begins. */
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

  /** New numbers for each step, uniform in [0, 1). Each call is a stream of its own. */
  public Value randomUniform(TensorSpec spec) {
    return one(new RandomUniform(streams++, spec));
  }

  /** New numbers for each step, standard normal. Each call is a stream of its own. */
  public Value randomNormal(TensorSpec spec) {
    return one(new RandomNormal(streams++, spec));
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

  /** The assignments drawn so far. */
  public List<OpGraph.Assignment> assignments() {
    return List.copyOf(assignments);
  }

  /** The graph of the named outputs and all assignments. */
  public OpGraph build(Map<String, Value> outputs) {
    return OpGraph.of(outputs, assignments);
  }
}
