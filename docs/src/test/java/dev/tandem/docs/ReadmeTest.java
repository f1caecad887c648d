package dev.tandem.docs;

import static dev.tandem.core.activation.Activations.leakyRelu;
import static dev.tandem.core.activation.Activations.relu;
import static dev.tandem.core.activation.Activations.tanh;
import static dev.tandem.core.layer.Padding.SAME;
import static dev.tandem.core.loss.Losses.binaryCrossentropy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Conv2D;
import dev.tandem.core.layer.Conv2DTranspose;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Flatten;
import dev.tandem.core.layer.Reshape;
import dev.tandem.core.model.Model;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.train.Predictor;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The example of the README. */
class ReadmeTest {

  @Test
  void readmeExample_twoSteps_moveTheirOwnModelAlone() {
    INDArray real = Nd4j.rand(DataType.FLOAT, 8, 28, 28, 1);
    INDArray z = Nd4j.randn(DataType.FLOAT, 8, 64);
    INDArray ones = Nd4j.ones(DataType.FLOAT, 8, 1);
    INDArray zeros = Nd4j.zeros(DataType.FLOAT, 8, 1);
    // region gan
    Input noise = Input.of("noise", 64);
    Model generator =
        Model.sequential(
            "generator",
            noise,
            Dense.units(7 * 7 * 32).activation(relu()),
            Reshape.of(7, 7, 32),
            Conv2DTranspose.filters(16).kernel(4).stride(2).padding(SAME).activation(relu()),
            Conv2DTranspose.filters(1).kernel(4).stride(2).padding(SAME).activation(tanh()));

    Input image = Input.of("image", 28, 28, 1);
    Model critic =
        Model.sequential(
            "critic",
            image,
            Conv2D.filters(16).kernel(4).stride(2).padding(SAME).activation(leakyRelu(.2)),
            Flatten.of(),
            Dense.units(1));
    Model gan = Model.of("gan", noise, critic.apply(generator.apply(noise)));

    Training recipe =
        Training.with(Adam.rate(2e-4).beta1(.5)).loss(binaryCrossentropy().fromLogits());
    Trainer d = critic.compile(recipe);
    critic.setTrainable(false); // its calls in other models; no layer is written
    Trainer g = gan.compile(recipe);

    INDArray fake = Predictor.of(generator).predict(z);
    d.trainOnBatch(real, ones); // moves the critic
    d.trainOnBatch(fake, zeros);
    g.trainOnBatch(z, ones); // moves the generator, through the critic
    // endregion
    assertThat(d.moves()).containsExactlyElementsOf(critic.weights());
    assertThat(g.moves()).containsExactlyElementsOf(generator.weights());
    assertThat(Predictor.of(generator).predict(z)).isNotEqualTo(fake);
  }
}
