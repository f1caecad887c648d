package dev.tandem.core.train;

import dev.tandem.core.activation.Activations;
import dev.tandem.core.graph.Input;
import dev.tandem.core.initializer.Initializers;
import dev.tandem.core.layer.BatchNormalization;
import dev.tandem.core.layer.Conv2D;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Dropout;
import dev.tandem.core.layer.Flatten;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.Padding;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.optimizer.Sgd;
import dev.tandem.core.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.assertj.core.data.Offset;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Small models and arrays, the same ones each time. */
public final class Toys {

  /** For numbers below 100 that are followed by hand and computed in float32. */
  public static final Offset<Double> CLOSE = Assertions.within(2e-5);

  private Toys() {}

  /** x · weight. */
  public static Dense times(String name, double weight) {
    return Dense.units(1).bias(false).kernelInitializer(Initializers.constant(weight)).named(name);
  }

  /** (batch, 1) to x · weight, an output named "w". */
  public static Model line(double weight) {
    return Model.sequential("line", Input.of("x", 1), times("w", weight));
  }

  /** What the layer of {@link #line} multiplies with by now. */
  public static double weight(Model line) {
    return weight(line.layer("w"));
  }

  public static double weight(Layer layer) {
    return layer.weight("kernel").values().getDouble(0);
  }

  /** Plain descent on the squared error. */
  public static Training descent(double rate) {
    return Training.with(Sgd.rate(rate)).loss(Losses.meanSquaredError());
  }

  /** (batch, 3) to 5 to 2 numbers, an output named "out". */
  public static Model mlp(DataType dtype) {
    return Model.sequential(
            "mlp",
            Input.of("x", Shape.of(3), dtype),
            Dense.units(5).activation(Activations.tanh()).named("hidden"),
            Dense.units(2).named("out"))
        .initialize(7);
  }

  /** (batch, 6, 6, 2) to 3 numbers, through batch norm and dropout; an output named "out". */
  public static Model convNet() {
    return Model.sequential(
            "conv_net",
            Input.of("image", 6, 6, 2),
            Conv2D.filters(4).kernel(3).stride(2).padding(Padding.SAME).bias(false).named("conv"),
            BatchNormalization.of().momentum(0.9).named("norm"),
            Dropout.rate(0.25).named("drop"),
            Flatten.of().named("flat"),
            Dense.units(3).named("out"))
        .initialize(7);
  }

  /** (batch, 2) to 3 numbers, through batch norm alone; an output named "out". */
  public static Model normNet() {
    return Model.sequential(
            "norm_net",
            Input.of("x", 2),
            BatchNormalization.of().momentum(0.9).named("norm"),
            Dense.units(3).named("out"))
        .initialize(7);
  }

  /** Standard normal numbers that follow from the seed. */
  public static INDArray normal(long seed, DataType dtype, long... shape) {
    INDArray array = Nd4j.create(dtype, shape);
    CounterRandom.of(seed).normal(array);
    return array;
  }

  /** Standard normal float32 numbers that follow from the seed. */
  public static INDArray normal(long seed, long... shape) {
    return normal(seed, DataType.FLOAT, shape);
  }

  /** A batch of single numbers. */
  public static INDArray column(double... numbers) {
    return row(numbers).reshape(numbers.length, 1);
  }

  /** Numbers without a further axis. */
  public static INDArray row(double... numbers) {
    return Nd4j.createFromArray(numbers).castTo(DataType.FLOAT);
  }

  /** Copies of all weights by path. */
  public static Map<String, double[]> values(Model model) {
    Map<String, double[]> values = new LinkedHashMap<>();
    model.weightsByPath().forEach((path, weight) -> values.put(path, doubles(weight.values())));
    return values;
  }

  /** The elements in 'c' order. */
  public static double[] doubles(INDArray array) {
    return array.dup('c').data().asDouble();
  }

  /** Asserts that weights are as they were. */
  public static void assertUnmoved(Model model, Map<String, double[]> before) {
    values(model)
        .forEach((path, now) -> Assertions.assertThat(now).as(path).isEqualTo(before.get(path)));
  }

  /** Asserts that two sets of numbers are close. */
  public static void assertClose(
      Map<String, double[]> actual, Map<String, double[]> expected, double by) {
    Assertions.assertThat(actual.keySet()).isEqualTo(expected.keySet());
    actual.forEach(
        (path, now) ->
            Assertions.assertThat(now)
                .as(path)
                .containsExactly(expected.get(path), Assertions.within(by)));
  }
}
