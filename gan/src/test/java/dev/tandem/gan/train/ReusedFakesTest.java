package dev.tandem.gan.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.graph.Input;
import dev.tandem.core.initializer.Initializers;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.model.Model;
import dev.tandem.core.optimizer.Sgd;
import dev.tandem.gan.latent.Latent;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.objective.loss.AdversarialLosses;
import dev.tandem.gan.pair.AdversarialPair;
import dev.tandem.gan.step.Optimizers;
import dev.tandem.gan.step.Steps;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Fakes that are made once: the generator gives its bias, b, from 1 on (latents are next to
 * nothing), and the discriminator stays at x, so that each step of the generator adds the rate,
 * 0.5, to b.
 */
class ReusedFakesTest {

  private static final Dataset ZEROS =
      Dataset.builder().input("x", Nd4j.zeros(DataType.FLOAT, 4, 1)).build();

  private static Dense constant(double slope, double bias) {
    return Dense.units(1)
        .kernelInitializer(Initializers.constant(slope))
        .biasInitializer(Initializers.constant(bias));
  }

  private static AdversarialPair pair(int packing) {
    return AdversarialPair.packed(
        Model.sequential("g", Input.of("z", 1), constant(0, 1)),
        Model.sequential("d", Input.of("x", packing), constant(1, 0)),
        Latent.uniform(-1e-9, 1e-9, 1),
        packing);
  }

  private static AdversarialTraining recipe(Alternation schedule) {
    return AdversarialTraining.of(pair(1), Objective.of(AdversarialLosses.wasserstein()))
        .initializing()
        .optimizers(Optimizers.of(Sgd.rate(0.5), Sgd.rate(0)))
        .schedule(schedule)
        .batch(2);
  }

  @Test
  void discriminator_seesWhatTheGeneratorMadeInItsLastStep() {
    // its loss is the mean of fakes
    double[] anew = {1, 1.5, 2, 2.5};
    double[] reused = {1, 1, 1.5, 2};
    for (boolean reuse : List.of(false, true)) {
      Alternation schedule = Alternation.alternating();
      try (AdversarialTrainer trainer =
          recipe(reuse ? schedule.reusingFakes() : schedule).start(ZEROS)) {
        for (double expected : reuse ? reused : anew) {
          assertThat(trainer.round().discriminatorLoss()).isCloseTo(expected, within(1e-6));
        }
        assertThat(trainer.counters()).isEqualTo(new Counters(4, 4, 4, 0, 8));
        assertThat(calls(trainer.steps(), "g")).isEqualTo(!reuse);
      }
    }
  }

  /** Whether the discriminator's step runs a net. */
  private static boolean calls(Steps steps, String net) {
    return steps.discriminator().model().layers().stream()
        .anyMatch(part -> part.name().equals(net));
  }

  @Test
  void fakes_thatWouldBeSeenTwice_areRefused() {
    for (Alternation schedule :
        List.of(
            Alternation.alternating().discriminatorSteps(2).generatorSteps(2),
            Alternation.alternating().generatorSteps(0.5))) {
      assertThatThrownBy(schedule::reusingFakes)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("each step of the discriminator has new ones");
    }
    AdversarialTraining packed =
        AdversarialTraining.of(pair(2), Objective.of(AdversarialLosses.wasserstein()))
            .initializing()
            .schedule(Alternation.alternating().reusingFakes())
            .batch(2);
    assertThatThrownBy(() -> packed.start(ZEROS)).hasMessageContaining("packing 2 are not reused");
  }

  @Test
  void steps_ofAnotherKind_areRefused() {
    AdversarialTraining reusing = recipe(Alternation.alternating().reusingFakes());
    Steps steps =
        Steps.compile(
            reusing.pair(), reusing.objective(), reusing.optimizers(), reusing.engine(), 1);
    assertThatThrownBy(() -> reusing.start(ZEROS, steps))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("compile them by Steps.compileReusing");
    steps.close();
  }
}
