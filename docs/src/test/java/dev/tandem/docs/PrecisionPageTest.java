package dev.tandem.docs;

import static dev.tandem.core.loss.Losses.meanSquaredError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Engine;
import dev.tandem.core.op.Precision;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.train.Examples;
import dev.tandem.core.train.Predictor;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import dev.tandem.gan.data.Mixture;
import dev.tandem.gan.preset.Presets;
import dev.tandem.gan.train.AdversarialTraining;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What the page on precision shows: run where the processor has bfloat16, refused elsewhere. */
class PrecisionPageTest {

  private final Engine engine = new PlanEngine();
  private final Model model =
      Model.sequential("line", Input.of("x", 8), Dense.units(8)).initialize(1);
  private final Dataset data =
      Dataset.builder().input("point", Mixture.named("ring8-pacgan").batch(1, 0, 200)).build();

  private void show() {
    // region precision
    Training recipe =
        Training.with(Adam.rate(1e-3))
            .loss(meanSquaredError())
            .engine(engine)
            .precision(Precision.BF16); // refused by compile where the engine has no BF16
    Predictor predictor = Predictor.of(model, engine, Precision.BF16);

    AdversarialTraining gan =
        Presets.named("dcgan").on(data).engine(engine).precision(Precision.BF16);

    boolean here = Precision.of(engine).contains(Precision.BF16);
    // endregion
    INDArray x = Nd4j.ones(DataType.FLOAT, 8, 8);
    try (Trainer trainer = model.compile(recipe)) {
      assertThat(trainer.trainOnBatch(Examples.of(x, x)).loss()).isFinite();
    }
    assertThat(predictor.predict(x).shape()).containsExactly(8, 8);
    assertThat(gan.precision()).isEqualTo(Precision.BF16);
    assertThat(here).isTrue();
    predictor.close();
  }

  @Test
  void precision_thatTheProcessorHas_isUsedAndElseRefused() {
    if (engine.lacks(Precision.BF16).isEmpty()) {
      show();
    } else {
      assertThatThrownBy(this::show)
          .hasMessageStartingWith(
              "the engine PLAN does not compute in bf16: this processor has neither avx512_bf16 nor"
                  + " amx_bf16 (oneDNN finds ")
          .hasMessageEndingWith("); here it has float32");
    }
  }
}
