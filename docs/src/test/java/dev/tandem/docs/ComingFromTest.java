package dev.tandem.docs;

import static dev.tandem.core.activation.Activations.relu;
import static dev.tandem.core.loss.Losses.binaryCrossentropy;
import static dev.tandem.core.loss.Losses.sparseCategoricalCrossentropy;
import static dev.tandem.core.metric.Metrics.accuracy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Conv2D;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Flatten;
import dev.tandem.core.layer.MaxPooling2D;
import dev.tandem.core.model.Model;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.optimizer.Sgd;
import dev.tandem.core.train.Examples;
import dev.tandem.core.train.Fit;
import dev.tandem.core.train.Predictor;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The page for those who come from another library. */
class ComingFromTest {

  @Test
  void classifier_ofKeras_isTheSameHere() {
    INDArray x = Nd4j.rand(DataType.FLOAT, 32, 28, 28, 1);
    INDArray y = Nd4j.zeros(DataType.INT32, 32);
    Dataset data = Dataset.builder().input("image", x).target("label", y).build();
    // region keras
    Model model =
        Model.sequential(
            "classifier",
            Input.of("image", 28, 28, 1),
            Conv2D.filters(16).kernel(3).activation(relu()),
            MaxPooling2D.window(2),
            Flatten.of(),
            Dense.units(10));
    Training recipe =
        Training.with(Adam.rate(1e-3))
            .loss(sparseCategoricalCrossentropy().fromLogits())
            .metrics(accuracy());
    try (Trainer trainer = model.compile(recipe)) {
      trainer.fit(data, Fit.epochs(1).batchSize(16));
      INDArray logits = trainer.predict(x);
    }
    // endregion
    assertThat(model.countParams()).isEqualTo(9 * 16 + 16 + 13 * 13 * 16 * 10 + 10);
  }

  @Test
  void ganStep_ofPyTorch_isTheSameHere() {
    int n = 8;
    INDArray real = Nd4j.randn(DataType.FLOAT, n, 2);
    Input noise = Input.of("noise", 4);
    Model g = Model.sequential("g", noise, Dense.units(16).activation(relu()), Dense.units(2));
    Model d =
        Model.sequential(
            "d", Input.of("point", 2), Dense.units(16).activation(relu()), Dense.units(1));
    // region torch
    Model gan = Model.of("gan", noise, d.apply(g.apply(noise)));
    Training recipe = Training.with(Sgd.rate(.1)).loss(binaryCrossentropy().fromLogits());
    Trainer ofD = d.compile(recipe);
    Trainer ofG = gan.compile(recipe.only(g)); // d stays as it is: no detach, no zero_grad
    Predictor samples = Predictor.of(g);

    INDArray z = Nd4j.randn(DataType.FLOAT, n, 4);
    INDArray ones = Nd4j.ones(DataType.FLOAT, n, 1);
    ofD.gradients(Examples.of(real, ones)); // loss_real.backward()
    ofD.gradients(Examples.of(samples.predict(z), ones.mul(0))); // loss_fake.backward(): the mean
    ofD.update(); // opt_d.step()
    ofG.trainOnBatch(z, ones);
    // endregion
    assertThat(ofD.steps()).isEqualTo(1);
    samples.close();
    ofD.close();
    ofG.close();
  }
}
