package dev.tandem.bench.tensorflow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** A graph being drawn: its ops, and the first values of its variables. */
final class Tf {

  private final Graph graph = new Graph();
  private final Ops ops = Ops.create(graph);
  private final List<Op> initializers = new ArrayList<>();

  Graph graph() {
    return graph;
  }

  Ops ops() {
    return ops;
  }

  /** What gives the variables their first values. */
  List<Op> initializers() {
    return initializers;
  }

  /** A variable whose first values are normal. */
  Variable<TFloat32> normal(double deviation, long... shape) {
    Operand<TFloat32> noise = noise(shape);
    return variable(ops.math.mul(noise, ops.constant((float) deviation)), shape);
  }

  /** A variable whose first values are all the same. */
  Variable<TFloat32> constant(double value, long... shape) {
    return variable(ops.fill(sizes(shape), ops.constant((float) value)), shape);
  }

  private Variable<TFloat32> variable(Operand<TFloat32> first, long... shape) {
    Variable<TFloat32> variable = ops.variable(Shape.of(shape), TFloat32.class);
    initializers.add(ops.assign(variable, first));
    return variable;
  }

  /** Normal numbers, new in each run. */
  Operand<TFloat32> noise(long... shape) {
    return ops.random.randomStandardNormal(sizes(shape), TFloat32.class);
  }

  /** The mean over all axes. */
  Operand<TFloat32> mean(Operand<TFloat32> x) {
    int[] axes = new int[x.shape().numDimensions()];
    Arrays.setAll(axes, axis -> axis);
    return ops.math.mean(x, ops.constant(axes));
  }

  private Operand<TInt32> sizes(long... shape) {
    return ops.constant(Arrays.stream(shape).mapToInt(Math::toIntExact).toArray());
  }
}
