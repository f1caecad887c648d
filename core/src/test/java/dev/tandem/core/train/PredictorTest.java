package dev.tandem.core.train;

import static dev.tandem.core.train.Toys.column;
import static dev.tandem.core.train.Toys.doubles;
import static dev.tandem.core.train.Toys.normal;
import static dev.tandem.core.train.Toys.times;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Conv2D;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Flatten;
import dev.tandem.core.layer.Tensors;
import dev.tandem.core.model.Model;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class PredictorTest {

  @OnBothEngines
  void manySamples_arePredictedInPortions(EngineKind engine) {
    Input x = Input.of("x", 2);
    Dense units = Dense.units(3).named("a");
    Model model =
        Model.of("m", List.of(x), List.of(units.apply(x), Flatten.layer().named("b").apply(x)))
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
    assertThat(Portion.of(Toys.line(1))).isEqualTo(256);
    Input image = Input.of("image", 256, 256, 3);
    Model inner = Model.sequential("inner", image, Conv2D.filters(64).kernel(1));
    Input outer = Input.of("outer", 256, 256, 3);
    assertThat(Portion.of(Model.of("m", outer, inner.apply(outer)))).isEqualTo(2);
  }

  @OnBothEngines
  void samples_ofAModelThatMixesThem_arePredictedAtOnce(EngineKind engine) {
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
  void scalarOutput_isPredicted(EngineKind engine) {
    Input x = Input.of("x", 1);
    Model model = Model.of("m", x, Tensors.mean(times("w", 2).apply(x)));
    INDArray output = Predictor.of(model, engine).predict(column(1, 2, 3));
    assertThat(output.rank()).isZero();
    assertThat(output.getDouble(0)).isEqualTo(4);
  }

  @OnBothEngines
  void noise_drawnInTheModel_isTheSameAtEachCallAndAnotherInEachPortion(EngineKind engine) {
    Input x = Input.of("x", 1);
    Model model = Model.of("m", x, Tensors.add(x, Tensors.randomNormal(x, 1)));
    Predictor predictor = Predictor.of(model, engine);
    INDArray zeros = column(new double[512]);
    double[] noise = doubles(predictor.predict(zeros));
    assertThat(doubles(predictor.predict(zeros))).isEqualTo(noise);
    assertThat(noise[256]).isNotEqualTo(noise[0]);
  }

  @OnBothEngines
  void predictions_seeWeightsAsTheyAre(EngineKind engine) {
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
}
