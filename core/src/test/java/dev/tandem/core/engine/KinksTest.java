package dev.tandem.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.autodiff.Gradients;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.op.Engine;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Program;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.activation.ActivationOps;
import dev.tandem.core.op.image.ImageOps;
import dev.tandem.core.op.image.PoolWindow;
import dev.tandem.core.samediff.SameDiffEngine;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The slope of every function with a kink, at the kink, as TensorFlow's kernels and rules give it:
 * {@code relu_op_functor.h} (relu, leaky relu, elu, selu), {@code math_grad.py} (abs, maximum,
 * minimum, max), {@code clip_ops.py}, and Keras where it composes them (elu with an alpha, the
 * hinges). PReLU alone differs: Keras composes it of two relus, whose slopes at 0 are both 0, which
 * is no slope of either side unless alpha is 0; here it is alpha, as in PyTorch and as leaky
 * relu's.
 */
class KinksTest {

  private static final double SELU = 1.0507009873554805;

  /**
   * A function at a kink.
   *
   * @param name of it
   * @param function from (batch, 4) to anything
   * @param at the four inputs
   * @param slopes of the sum of its outputs
   * @param bends slopes of the sum of the slopes, or null if that is not asked
   */
  private record Kink(
      String name,
      BiFunction<Ops, Value, Value> function,
      double[] at,
      double[] slopes,
      double[] bends) {

    @Override
    public String toString() {
      return name;
    }
  }

  private static double[] at(double... numbers) {
    return numbers;
  }

  private static List<Kink> kinks() {
    double[] zeros = at(0, -0.0, 1, -1);
    double e = Math.exp(-1);
    List<Kink> kinks = new ArrayList<>();
    kinks.add(new Kink("relu", ActivationOps::relu, zeros, at(0, 0, 1, 0), at(0, 0, 0, 0)));
    kinks.add(
        new Kink(
            "leaky relu",
            (ops, x) -> ActivationOps.leakyRelu(ops, x, 0.25),
            zeros,
            at(0.25, 0.25, 1, 0.25),
            at(0, 0, 0, 0)));
    kinks.add(
        new Kink(
            "elu",
            (ops, x) -> ActivationOps.elu(ops, x, 1),
            zeros,
            at(1, 1, 1, e),
            at(0, 0, 0, e)));
    kinks.add(
        new Kink(
            "elu with an alpha",
            (ops, x) -> ActivationOps.elu(ops, x, 0.5),
            zeros,
            at(0.5, 0.5, 1, e / 2),
            at(0, 0, 0, e / 2)));
    double left = SELU * 1.6732632423543772 * e;
    kinks.add(
        new Kink(
            "selu", ActivationOps::selu, zeros, at(SELU, SELU, SELU, left), at(0, 0, 0, left)));
    kinks.add(
        new Kink(
            "prelu",
            (ops, x) ->
                ActivationOps.prelu(ops, x, ops.fill(0.25, x.spec().withShape(Shape.of(4)))),
            zeros,
            at(0.25, 0.25, 1, 0.25),
            at(0, 0, 0, 0)));
    kinks.add(new Kink("abs", Ops::abs, zeros, at(0, 0, 1, -1), at(0, 0, 0, 0)));
    kinks.add(
        new Kink("softplus", ActivationOps::softplus, at(0, -0.0, 0, 0), at(.5, .5, .5, .5), null));
    kinks.add(
        new Kink(
            "maximum, first",
            (ops, x) -> ops.maximum(x, zero(ops, x)),
            zeros,
            at(1, 1, 1, 0),
            null));
    kinks.add(
        new Kink(
            "maximum, second",
            (ops, x) -> ops.maximum(zero(ops, x), x),
            zeros,
            at(0, 0, 1, 0),
            null));
    kinks.add(
        new Kink(
            "minimum, first",
            (ops, x) -> ops.minimum(x, zero(ops, x)),
            zeros,
            at(1, 1, 0, 1),
            null));
    kinks.add(
        new Kink(
            "minimum, second",
            (ops, x) -> ops.minimum(zero(ops, x), x),
            zeros,
            at(0, 0, 0, 1),
            null));
    kinks.add(
        new Kink(
            "clip", (ops, x) -> ops.clip(x, -1, 2), at(-1, 2, -1.5, 2.5), at(1, 1, 0, 0), null));
    kinks.add(
        new Kink(
            "max of equal ones",
            (ops, x) -> ops.max(x, false, -1),
            at(3, 1, 3, 2),
            at(.5, 0, .5, 0),
            null));
    kinks.add(
        new Kink(
            "max pool of equal ones",
            (ops, x) ->
                ImageOps.maxPool2d(ops, ops.reshape(x, 1, 2, 2, 1), PoolWindow.valid(2, 2, 2, 2)),
            at(1, 3, 3, 3),
            at(0, 1, 0, 0),
            null));
    kinks.add(
        new Kink(
            "hinge",
            (ops, x) -> Losses.hinge().perSample(ops, x, ops.fill(1, x.spec())),
            at(1, 0, 2, 1),
            at(-.25, -.25, 0, -.25),
            null));
    kinks.add(
        new Kink(
            "squared hinge",
            (ops, x) -> Losses.squaredHinge().perSample(ops, x, ops.fill(1, x.spec())),
            at(1, 0, 2, 1),
            at(0, -.5, 0, 0),
            null));
    kinks.add(
        new Kink(
            "categorical hinge",
            (ops, x) -> Losses.categoricalHinge().perSample(ops, x, first(ops, x)),
            at(3, 2, 1, 0),
            at(-1, 1, 0, 0),
            null));
    kinks.add(
        new Kink(
            "mean absolute error",
            (ops, x) -> Losses.meanAbsoluteError().perSample(ops, x, zero(ops, x)),
            zeros,
            at(0, 0, .25, -.25),
            null));
    kinks.add(
        new Kink(
            "huber",
            (ops, x) -> Losses.huber().perSample(ops, x, zero(ops, x)),
            at(1, -1, 0, 2),
            at(.25, -.25, 0, .25),
            null));
    return kinks;
  }

  private static Value zero(Ops ops, Value x) {
    return ops.fill(0, x.spec());
  }

  private static Value first(Ops ops, Value x) {
    return ops.constant(Nd4j.createFromArray(new double[][] {{1, 0, 0, 0}}).castTo(x.dtype()));
  }

  static Stream<Arguments> cases() {
    return kinks().stream()
        .flatMap(
            kink ->
                Stream.of(DataType.FLOAT, DataType.DOUBLE)
                    .flatMap(
                        dtype ->
                            Stream.of("session", "plan", "plan without oneDNN")
                                .map(engine -> Arguments.of(kink, dtype, engine))));
  }

  private static Engine engine(String name) {
    return switch (name) {
      case "session" -> new SameDiffEngine();
      case "plan" -> new PlanEngine();
      default -> new PlanEngine(EngineOptions.defaults().without("onednn"));
    };
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource("cases")
  void slope_atTheKink_isThatOfTensorFlow(Kink kink, DataType dtype, String engine) {
    Ops ops = new Ops();
    Value x = ops.feed("x", new TensorSpec(Shape.of(1, 4), dtype));
    Value slope = Gradients.of(ops, ops.sum(kink.function().apply(ops, x)), List.of(x)).get(0);
    Map<String, Value> outputs =
        kink.bends() == null
            ? Map.of("slope", slope)
            : Map.of("slope", slope, "bend", Gradients.of(ops, ops.sum(slope), List.of(x)).get(0));
    try (Program program = engine(engine).prepare(ops.build(outputs))) {
      program.feed("x", Nd4j.createFromArray(new double[][] {kink.at()}).castTo(dtype));
      program.run(0, 0);

      double near = dtype == DataType.FLOAT ? 1e-6 : 1e-12;
      assertThat(numbers(program, "slope")).containsExactly(kink.slopes(), within(near));
      if (kink.bends() != null) {
        assertThat(numbers(program, "bend")).containsExactly(kink.bends(), within(near));
      }
    }
  }

  private static double[] numbers(Program program, String output) {
    return program.output(output).castTo(DataType.DOUBLE).dup('c').data().asDouble();
  }
}
