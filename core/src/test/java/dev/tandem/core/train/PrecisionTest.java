package dev.tandem.core.train;

import static dev.tandem.core.activation.Activations.leakyRelu;
import static dev.tandem.core.activation.Activations.tanh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.engine.BFloat16Engines;
import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.ActivationLayer;
import dev.tandem.core.layer.BatchNormalization;
import dev.tandem.core.layer.Conv2D;
import dev.tandem.core.layer.Conv2DTranspose;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Flatten;
import dev.tandem.core.layer.LayerSample;
import dev.tandem.core.layer.LayerSamples;
import dev.tandem.core.layer.Padding;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Precision;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.optimizer.Sgd;
import dev.tandem.core.samediff.SameDiffEngine;
import dev.tandem.core.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Training in bfloat16: by the processor where it can, else by float32 kernels on its numbers. */
class PrecisionTest {

  private static Model net() {
    return Model.sequential(
            "net",
            Input.of("image", Shape.of(8, 8, 6)),
            Conv2D.filters(16).kernel(3).stride(2).padding(Padding.SAME),
            BatchNormalization.of(),
            ActivationLayer.of(leakyRelu(0.2)),
            Conv2DTranspose.filters(8).kernel(4).stride(2).padding(Padding.SAME),
            ActivationLayer.of(tanh()),
            Flatten.of(),
            Dense.units(5).named("out"))
        .initialize(3);
  }

  private static Training recipe(Precision precision) {
    return Training.with(Adam.rate(1e-3))
        .loss(Losses.meanSquaredError())
        .engine(BFloat16Engines.here())
        .precision(precision)
        .seed(1);
  }

  /** Losses of steps, and what is predicted in the end. */
  private record Course(List<Double> losses, Map<String, double[]> weights, INDArray answer) {

    static Course of(Precision precision, int steps) {
      Model net = net();
      List<Double> losses = new ArrayList<>();
      try (Trainer trainer = net.compile(recipe(precision))) {
        for (int step = 0; step < steps; step++) {
          INDArray x = Toys.normal(step % 5, 12, 8, 8, 6);
          INDArray y = x.mean(1, 2).get(NDArrayIndex.all(), FIVE);
          losses.add(trainer.trainOnBatch(x, y.dup('c')).loss());
        }
        net.weights().forEach(w -> assertThat(w.values().dataType()).isEqualTo(DataType.FLOAT));
        return new Course(losses, Toys.values(net), trainer.predict(Toys.normal(9, 12, 8, 8, 6)));
      }
    }
  }

  private static final INDArrayIndex FIVE = NDArrayIndex.interval(0, 5);

  @Test
  void losses_over50Steps_areNearThoseOfFloat32() {
    Course exact = Course.of(Precision.FLOAT32, 50);
    Course narrow = Course.of(Precision.BF16, 50);

    assertThat(narrow.losses()).isNotEqualTo(exact.losses());
    for (int step = 0; step < 50; step++) {
      double loss = exact.losses().get(step);
      assertThat(narrow.losses().get(step)).isCloseTo(loss, within(.05 * loss));
    }
    assertThat(narrow.losses().get(49)).isLessThan(.5 * narrow.losses().get(0));
  }

  @Test
  void course_ofTheSameSeed_isTheSameToTheBit() {
    Course once = Course.of(Precision.BF16, 6);
    Course again = Course.of(Precision.BF16, 6);

    assertThat(again.losses()).isEqualTo(once.losses());
    assertThat(again.answer()).isEqualTo(once.answer());
    Map<String, double[]> weights = new LinkedHashMap<>(once.weights());
    again.weights().forEach((path, now) -> assertThat(now).isEqualTo(weights.get(path)));
  }

  @Test
  void predictor_inBFloat16_isNearAndReadsTheSameWeights() {
    Model net = net();
    INDArray x = Toys.normal(2, 12, 8, 8, 6);
    try (Predictor exact = Predictor.of(net);
        Predictor narrow = Predictor.of(net, BFloat16Engines.here(), Precision.BF16)) {
      INDArray expected = exact.predict(x);
      INDArray answer = narrow.predict(x);

      assertThat(answer).isNotEqualTo(expected);
      assertThat(answer.equalsWithEps(expected, .02)).isTrue();

      net.layer("out").weight("bias").set(expected.getRow(0).dup('c'));
      assertThat(narrow.predict(x).sub(answer).equalsWithEps(exact.predict(x).sub(expected), 1e-5))
          .as("what was added to the bias")
          .isTrue();
    }
  }

  @Test
  void compile_forAnEngineWithoutIt_isRefusedAndNothingHasChanged() {
    Model net = Model.sequential("fresh", Input.of("x", 4), Dense.units(3).named("out"));
    Training recipe = Training.with(Sgd.rate(.1)).loss(Losses.meanSquaredError());
    String message = "the engine SAMEDIFF does not compute in bf16: ";

    assertThatThrownBy(
            () -> net.compile(recipe.engine(new SameDiffEngine()).precision(Precision.BF16)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
    assertThatThrownBy(() -> Predictor.of(net, new SameDiffEngine(), Precision.BF16))
        .hasMessageStartingWith(message);
    assertThat(net.weights()).allMatch(Weight::isNew);
  }

  @Test
  void compile_ofFloat64_isRefused() {
    Model net = Toys.mlp(DataType.DOUBLE);

    assertThatThrownBy(() -> net.compile(recipe(Precision.BF16)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("precision bf16 is of float32, and hidden/kernel of ")
        .hasMessageEndingWith(" is float64; leave the precision out, or make the model of float32");
  }

  /** Those that multiply matrices, in float32. */
  static Stream<LayerSample> layers() {
    return LayerSamples.all().stream()
        .map(sample -> sample.ofType(DataType.FLOAT))
        .filter(sample -> multiplies(sample.model("model", sample.layer())));
  }

  private static boolean multiplies(Model model) {
    return model.inputs().size() > 1
        || model.weights().stream().anyMatch(weight -> weight.shape().rank() > 1)
            && model.weights().stream().noneMatch(w -> w.spec().dtype() == DataType.DOUBLE);
  }

  @ParameterizedTest
  @MethodSource("layers")
  void layer_inBFloat16_learnsAsInFloat32(LayerSample sample) {
    List<List<Double>> courses = new ArrayList<>();
    for (Precision precision : List.of(Precision.FLOAT32, Precision.BF16)) {
      Model model = sample.model("model", sample.layer()).initialize(5);
      Training recipe =
          Training.with(Sgd.rate(1e-2)).engine(BFloat16Engines.here()).precision(precision).seed(1);
      for (String output : model.outputs().keySet()) {
        recipe = recipe.loss(output, Losses.output());
      }
      Map<String, INDArray> inputs = new LinkedHashMap<>();
      List<INDArray> values = sample.values(5, 4);
      model
          .inputs()
          .forEach(
              (name, input) ->
                  inputs.put(name, values.get(inputs.size()).castTo(input.spec().dtype())));
      List<Double> losses = new ArrayList<>();
      try (Trainer trainer = model.compile(recipe)) {
        for (int step = 0; step < 3; step++) {
          losses.add(trainer.trainOnBatch(Examples.of(inputs)).loss());
        }
        for (double[] numbers : Toys.values(model).values()) {
          assertThat(Arrays.stream(numbers)).allMatch(Double::isFinite);
        }
      }
      courses.add(losses);
    }
    for (int step = 0; step < 3; step++) {
      double loss = courses.get(0).get(step);
      assertThat(courses.get(1).get(step)).isCloseTo(loss, within(.02 * (1 + Math.abs(loss))));
    }
  }
}
