package dev.tandem.core.train;

import static dev.tandem.core.train.Toys.column;
import static dev.tandem.core.train.Toys.doubles;
import static dev.tandem.core.train.Toys.normal;
import static dev.tandem.core.train.Toys.times;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Conv2D;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Flatten;
import dev.tandem.core.layer.Lambda;
import dev.tandem.core.layer.MinibatchStandardDeviation;
import dev.tandem.core.layer.Tensors;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Engine;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

class PredictorTest {

  @OnBothEngines
  void manySamples_arePredictedInPortions(Engine engine) {
    Input x = Input.of("x", 2);
    Dense units = Dense.units(3).named("a");
    Model model =
        Model.of("m", List.of(x), List.of(units.apply(x), Flatten.of().named("b").apply(x)))
            .initialize(1);
    INDArray input = normal(1, 700, 2);
    try (Predictor predictor = Predictor.of(model, engine)) {
      Map<String, INDArray> outputs = predictor.predict(Map.of("x", input));
      assertThat(outputs.get("b")).isEqualTo(input);
      assertThat(outputs.get("a").shape()).containsExactly(700, 3);
      INDArray byHand =
          input.mmul(units.weight("kernel").values()).addRowVector(units.weight("bias").values());
      assertThat(doubles(outputs.get("a"))).containsExactly(doubles(byHand), within(1e-5));
    }
  }

  @Test
  void portion_ofAModel_shrinksWithItsLargestTensor() {
    assertThat(PredictBatch.of(Toys.line(1))).isEqualTo(256);
    Input image = Input.of("image", 256, 256, 3);
    Model inner = Model.sequential("inner", image, Conv2D.filters(64).kernel(1));
    Input outer = Input.of("outer", 256, 256, 3);
    assertThat(PredictBatch.of(Model.of("m", outer, inner.apply(outer)))).isEqualTo(2);
  }

  @OnBothEngines
  void samples_ofAModelThatMixesThem_arePredictedAtOnce(Engine engine) {
    Input x = Input.of("x", 1);
    Model model = Model.of("m", x, Tensors.subtract(times("w", 1).apply(x), Tensors.mean(x)));
    double[] numbers = new double[600];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i;
    }
    INDArray output = Predictor.of(model, engine).predict(column(numbers));
    assertThat(output.getDouble(0)).isEqualTo(-299.5);
    assertThat(output.getDouble(599)).isEqualTo(299.5);
  }

  @OnBothEngines
  void scalarOutput_isPredicted(Engine engine) {
    Input x = Input.of("x", 1);
    Model model = Model.of("m", x, Tensors.mean(times("w", 2).apply(x)));
    INDArray output = Predictor.of(model, engine).predict(column(1, 2, 3));
    assertThat(output.rank()).isZero();
    assertThat(output.getDouble(0)).isEqualTo(4);
  }

  @OnBothEngines
  void noise_drawnInTheModel_isTheSameAtEachCallAndAnotherInEachPortion(Engine engine) {
    Input x = Input.of("x", 1);
    Model model = Model.of("m", x, Tensors.add(x, Tensors.randomNormal(x, 1)));
    Predictor predictor = Predictor.of(model, engine);
    INDArray zeros = column(new double[512]);
    double[] noise = doubles(predictor.predict(zeros));
    assertThat(doubles(predictor.predict(zeros))).isEqualTo(noise);
    assertThat(noise[256]).isNotEqualTo(noise[0]);
  }

  @OnBothEngines
  void predictions_seeWeightsAsTheyAre(Engine engine) {
    Model model = Toys.line(2);
    Predictor predictor = Predictor.of(model, engine);
    INDArray before = predictor.predict(column(1));
    model.layer("w").weight("kernel").set(column(5));
    assertThat(predictor.predict(column(1)).getDouble(0)).isEqualTo(5);
    assertThat(before.getDouble(0)).isEqualTo(2);
  }

  @Test
  void severalOutputs_orAClosedPredictor_areRefused() {
    Input x = Input.of("x", 1);
    Model model =
        Model.of("m", List.of(x), List.of(times("a", 1).apply(x), times("b", 1).apply(x)));
    Predictor predictor = Predictor.of(model);
    assertThatIllegalStateException()
        .isThrownBy(() -> predictor.predict(column(1)))
        .withMessage("Model \"m\" has several outputs [a, b]; call predict(Map) for all of them");
    predictor.close();
    assertThatIllegalStateException()
        .isThrownBy(() -> predictor.predict(Map.of("x", column(1))))
        .withMessage(
            "this predictor of Model \"m\" is closed; make a new one with Predictor.of(model)");
  }

  @OnBothEngines
  void manySizes_ofANetThatKeepsSamplesApart_needFewPlans(Engine engine) {
    Model model = Toys.mlp(DataType.DOUBLE);
    INDArray samples = normal(1, DataType.DOUBLE, 70, 3);
    try (Predictor whole = Predictor.of(model, engine);
        Predictor predictor = Predictor.of(model, engine)) {
      double[] expected = doubles(whole.predict(samples));
      for (int size = 1; size <= 70; size++) {
        INDArray some = predictor.predict(samples.get(NDArrayIndex.interval(0, size)));
        assertThat(some.shape()).containsExactly(size, 2);
        assertThat(doubles(some)).containsExactly(Arrays.copyOf(expected, 2 * size), within(1e-12));
      }
      assertThat(predictor.programs()).hasSize(8); // 1, 2, 4, …, 128
    }
  }

  @OnBothEngines
  void samples_behindMinibatchDeviation_areNeitherCutNorFilledUp(Engine engine) {
    Model model = Model.sequential("m", Input.of("x", 1), MinibatchStandardDeviation.of());
    double[] numbers = IntStream.range(0, 300).mapToDouble(i -> i).toArray();
    try (Predictor predictor = Predictor.of(model, engine)) {
      INDArray output = predictor.predict(column(numbers));
      // i, i + 75, i + 150, i + 225
      double deviation = Math.sqrt((75 * 75 * 5) / 4.0);
      assertThat(output.getDouble(0, 1)).isCloseTo(deviation, within(1e-3));
      assertThat(output.getDouble(299, 1)).isCloseTo(deviation, within(1e-3));
      // of 3 samples one group
      assertThat(predictor.predict(column(0, 3, 6)).getDouble(2, 1))
          .isCloseTo(Math.sqrt(6), within(1e-3));
    }
  }

  @OnBothEngines
  void numberOfSamples_usedInANet_isTheOneThatWasAsked(Engine engine) {
    Input x = Input.of("x", 1);
    Lambda count = Lambda.of((ops, in) -> ops.scale(in.get(0), 1.0 / in.get(0).shape().size(0)));
    Model model = Model.of("m", x, count.apply(x));
    try (Predictor predictor = Predictor.of(model, engine)) {
      assertThat(predictor.predict(column(3, 3, 3)).getDouble(2)).isEqualTo(1);
      assertThat(predictor.predict(column(new double[300])).size(0)).isEqualTo(300);
    }
  }

  @OnBothEngines
  void plans_warmedUp_areThereAndNoMoreThanAreKept(Engine engine) {
    try (Predictor predictor = Predictor.of(Toys.line(2), engine)) {
      predictor.warmUp(1, 5, 1000);
      assertThat(predictor.programs()).hasSize(3);
      assertThat(predictor.predict(column(1, 2, 3, 4, 5, 6)).getDouble(5)).isEqualTo(12);
      assertThat(predictor.programs()).hasSize(3);
      assertThat(predictor.keepPlans(1).programs()).hasSize(1);
      predictor.warmUp(1);
      assertThat(predictor.programs()).hasSize(1);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> predictor.warmUp(1, 0))
          .withMessage("number of samples is not at least 1: 0");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> predictor.keepPlans(0))
          .withMessage("number of plans to keep is not at least 1: 0");
    }
  }

  @OnBothEngines
  void plans_ofATrainer_areNoMoreThanAreKept(Engine engine) {
    Trainer trainer = Toys.line(1).compile(Toys.descent(0.1).engine(engine).keepingPlans(2));
    for (int size = 1; size < 6; size++) {
      trainer.trainOnBatch(column(new double[size]), column(new double[size]));
    }
    assertThat(trainer.programs()).hasSize(3); // two first halves and the update
  }
}
