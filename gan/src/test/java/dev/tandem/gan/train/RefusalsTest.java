package dev.tandem.gan.train;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.model.Model;
import dev.tandem.gan.latent.Latent;
import dev.tandem.gan.net.ClassInputs;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.objective.loss.AdversarialLosses;
import dev.tandem.gan.pair.AdversarialPair;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** What is said of nets and data that do not fit. */
class RefusalsTest {

  @Test
  void pair_thatDoesNotFit_isRefused() {
    Model generator = Model.sequential("g", Input.of("z", 2), Dense.units(2));
    Model critic = Model.sequential("d", Input.of("x", 3), Dense.units(1));

    assertThatThrownBy(() -> AdversarialPair.of(generator, critic, Latent.normal(2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Model \"d\" judges float32 (batch, 3), and Model \"g\" makes");
    assertThatThrownBy(() -> AdversarialPair.of(generator, critic, Latent.normal(5)))
        .hasMessageContaining("expects a latent (batch, …) like float32 (batch, 2)");
    assertThatThrownBy(() -> AdversarialPair.conditional(generator, critic, Latent.normal(2), 3))
        .hasMessageContaining("has 1 inputs [z]; with Classes[classes=3] it takes 2: the latent");
  }

  @Test
  void data_withoutWhatThePairNeeds_isRefused() {
    Input z = Input.of("z", 2);
    Input label = ClassInputs.label("label");
    Input x = Input.of("x", 2);
    Model generator =
        Model.of(
            "g",
            List.of(z, label),
            List.of(Dense.units(2).apply(ClassInputs.concatenate(z, label, 3))));
    Model critic =
        Model.of("d", List.of(x, label), List.of(ClassInputs.projection(x, label, 3, "p")));
    AdversarialPair pair = AdversarialPair.conditional(generator, critic, Latent.normal(2), 3);
    AdversarialTraining recipe =
        AdversarialTraining.of(pair, Objective.of(AdversarialLosses.hinge()))
            .initializing()
            .batch(2);
    Dataset unlabelled = Dataset.builder().input("x", Nd4j.ones(DataType.FLOAT, 4, 2)).build();
    Dataset wide = Dataset.builder().input("x", Nd4j.ones(DataType.FLOAT, 4, 5)).build();

    assertThatThrownBy(() -> recipe.start(unlabelled))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "needs a label of each sample, and the data set has 0 targets (size) of integers");
    assertThatThrownBy(() -> recipe.start(wide))
        .hasMessageContaining("has 0 inputs like the samples of Model \"g\"");
  }
}
