package dev.tandem.docs;

import static dev.tandem.core.loss.Losses.meanSquaredError;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Engine;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.train.Engines;
import dev.tandem.core.train.Examples;
import dev.tandem.core.train.Predictor;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import dev.tandem.examples.cli.DeviceChoice;
import dev.tandem.gan.data.Mixture;
import dev.tandem.gan.preset.Presets;
import dev.tandem.gan.train.AdversarialTraining;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What the page on cards shows, on the card if there is one. */
class GpuTest {

  @Test
  void engine_byItsName_trainsAndPredicts() {
    String device = DeviceChoice.auto().name();
    Model model = Model.sequential("line", Input.of("x", 3), Dense.units(1)).initialize(1);
    INDArray x = Nd4j.ones(DataType.FLOAT, 4, 3);
    INDArray y = Nd4j.ones(DataType.FLOAT, 4, 1);
    Dataset data =
        Dataset.builder().input("point", Mixture.named("ring8-pacgan").batch(1, 0, 200)).build();
    // region engine
    Engine engine = Engines.named(device); // "cuda"; says what is missing if it cannot run here
    Training recipe = Training.with(Adam.rate(1e-3)).loss(meanSquaredError()).engine(engine);
    Trainer trainer = model.compile(recipe);
    double loss = trainer.trainOnBatch(Examples.of(x, y)).loss();
    INDArray answer = Predictor.of(model, engine).predict(x);

    AdversarialTraining gan = Presets.named("dcgan").on(data).engine(engine);
    // endregion
    trainer.close();
    assertThat(loss).isFinite();
    assertThat(answer.shape()).containsExactly(4, 1);
    assertThat(gan.engine()).isSameAs(engine);
  }
}
