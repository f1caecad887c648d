package dev.tandem.core.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.op.Engine;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Program;
import dev.tandem.core.op.Value;
import dev.tandem.core.samediff.SameDiffEngine;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Holds gradients against central finite differences in float64.
 *
 * <p>The function's values are projected to a scalar by fixed random numbers. The derivatives of
 * that scalar, and those of a random projection of its gradient, are compared along a random
 * direction for each input: an error in any element shows in it.
 */
public final class GradientCheck {

  private static final double STEP = 1e-5;

  private final BiFunction<Ops, List<Value>, Value> function;
  private final List<INDArray> inputs;
  private final Engine engine;
  private final double tolerance;
  private final Random random = new Random(5);

  private GradientCheck(
      BiFunction<Ops, List<Value>, Value> function,
      List<INDArray> inputs,
      Engine engine,
      double tolerance) {
    this.function = function;
    this.inputs = inputs;
    this.engine = engine;
    this.tolerance = tolerance;
  }

  /**
   * A check of a function of some values, which may have any shape and is run by SameDiff.
   *
   * @param inputs where to check: float64 and away from kinks, or integers, which have no gradient
   */
  public static GradientCheck of(
      BiFunction<Ops, List<Value>, Value> function, List<INDArray> inputs) {
    return new GradientCheck(function, List.copyOf(inputs), new SameDiffEngine(), 1e-6);
  }

  /** This check with another engine. */
  public GradientCheck by(Engine other) {
    return new GradientCheck(function, inputs, other, tolerance);
  }

  /** This check with another tolerance, relative to the derivative's terms; 1e-6 if not said. */
  public GradientCheck tolerating(double other) {
    return new GradientCheck(function, inputs, engine, other);
  }

  /** Checks the gradient. */
  public void firstOrder() {
    check(false);
  }

  /** Checks the gradient and the gradient of a random projection of the gradient. */
  public void secondOrder() {
    check(true);
  }

  private void check(boolean second) {
    Ops ops = new Ops();
    List<Value> values = new ArrayList<>();
    for (INDArray input : inputs) {
      TensorSpec spec = new TensorSpec(Shape.of(input.shape()), input.dataType());
      values.add(ops.feed("in" + values.size(), spec));
    }
    List<Value> wrt = values.stream().filter(value -> value.dtype().isFPType()).toList();
    Value first = project(ops, function.apply(ops, values));
    List<Value> gradients = Gradients.of(ops, first, wrt);
    compare("gradient", ops, first, gradients);
    if (second) {
      Value sum = ops.scalar(0, DataType.DOUBLE);
      for (Value gradient : gradients) {
        sum = ops.add(sum, project(ops, gradient));
      }
      compare("gradient of the gradient", ops, sum, Gradients.of(ops, sum, wrt));
    }
  }

  private Value project(Ops ops, Value value) {
    return ops.sum(ops.multiply(value, ops.constant(direction(value.shape().toArray()))));
  }

  private INDArray direction(long... shape) {
    INDArray direction = Nd4j.createUninitialized(DataType.DOUBLE, shape, 'c');
    for (long i = 0; i < direction.length(); i++) {
      direction.putScalar(i, random.nextGaussian());
    }
    return direction;
  }

  private void compare(String what, Ops ops, Value scalar, List<Value> gradients) {
    Map<String, Value> named = new LinkedHashMap<>();
    gradients.forEach(gradient -> named.put("gradient" + named.size(), gradient));
    try (Program values = engine.prepare(ops.build(Map.of("scalar", scalar)));
        Program exact = engine.prepare(ops.build(named))) {
      feedAll(exact, -1, null, 0);
      exact.run(0, 0);
      int next = 0;
      for (int i = 0; i < inputs.size(); i++) {
        if (inputs.get(i).dataType().isFPType()) {
          along(what, i, values, exact.output("gradient" + next++));
        }
      }
    }
  }

  private void along(String what, int input, Program values, INDArray gradient) {
    INDArray at = inputs.get(input);
    assertThat(gradient.shape()).as(what + " at input " + input).isEqualTo(at.shape());
    INDArray direction = direction(at.shape());
    double above = value(values, input, direction, STEP);
    double below = value(values, input, direction, -STEP);
    INDArray terms = gradient.mul(direction);
    double scale = 1 + terms.norm1Number().doubleValue();
    assertThat(terms.sumNumber().doubleValue())
        .as(what + " at input " + input)
        .isCloseTo((above - below) / (2 * STEP), within(tolerance * scale));
  }

  private double value(Program program, int input, INDArray direction, double step) {
    feedAll(program, input, direction, step);
    program.run(0, 0);
    return program.scalar("scalar");
  }

  private void feedAll(Program program, int moved, INDArray direction, double step) {
    for (int i = 0; i < inputs.size(); i++) {
      String name = "in" + i;
      if (program.graph().feeds().containsKey(name)) {
        INDArray at = inputs.get(i);
        program.feed(name, i == moved ? at.add(direction.mul(step)) : at);
      }
    }
  }
}
