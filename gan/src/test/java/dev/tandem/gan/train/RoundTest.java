package dev.tandem.gan.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.layer.Tensors;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.objective.loss.AdversarialLosses;
import dev.tandem.gan.objective.penalty.Penalties;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What a round tells of its losses, against numbers computed by hand. */
class RoundTest {

  private static final Offset<Double> CLOSE = within(1e-12);

  private static final Objective WASSERSTEIN = Objective.of(AdversarialLosses.wasserstein());

  @Test
  void terms_ofBothSides_areThePartsOfTheirLosses() {
    Objective objective =
        WASSERSTEIN
            .penalty(Penalties.r1(2))
            .generatorTerm(critic -> Tensors.scale(Tensors.mean(critic.fake()), 7));
    try (AdversarialTrainer trainer = TwoNumbers.recipe(objective).start(TwoNumbers.threes())) {
      Round round = trainer.round();

      assertThat(round.discriminatorTerms()).containsOnlyKeys("adversarial", "r1");
      assertThat(round.discriminatorTerms().get("adversarial")).isCloseTo(1 - 6, CLOSE);
      assertThat(round.discriminatorTerms().get("r1")).isCloseTo(4, CLOSE);
      assertThat(round.discriminatorLoss()).isCloseTo(1 - 6 + 4, CLOSE);
      assertThat(round.realScore()).isCloseTo(6, CLOSE);
      assertThat(round.fakeScore()).isCloseTo(1, CLOSE);
      // D moved by the gradient 0.5 - 3 + 2 * 2, of rate 0.1
      assertThat(trainer.steps().discriminator().gradientNorm()).isCloseTo(1.5, CLOSE);
      assertThat(round.generatorTerms()).containsOnlyKeys("adversarial", "term");
      assertThat(round.generatorTerms().get("adversarial")).isCloseTo(-1.85 * 0.5, CLOSE);
      assertThat(round.generatorTerms().get("term")).isCloseTo(3.5, CLOSE);
      assertThat(round.generatorLoss()).isCloseTo(-1.85 * 0.5 + 3.5, CLOSE);
      assertThat(trainer.steps().generator().gradientNorm()).isCloseTo(7 - 1.85, CLOSE);
      assertThat(trainer.steps().generator().rate()).isEqualTo(0.1);
      assertThat(round.toString()).startsWith("round 1: D ").contains("{adversarial=", "r1=");
    }
  }

  @Test
  void terms_ofOneKind_areNumbered() {
    Objective objective =
        WASSERSTEIN
            .penalty(Penalties.r1(2))
            .penalty(Penalties.r1(4))
            .lazyPenalty(Penalties.r1(6), 1)
            .penalty(critic -> Tensors.mean(critic.real()));
    try (AdversarialTrainer trainer = TwoNumbers.recipe(objective).start(TwoNumbers.threes())) {
      assertThat(trainer.round().discriminatorTerms())
          .containsOnlyKeys("adversarial", "r1", "r1_2", "r1_3", "penalty");
    }
  }

  @Test
  void terms_ofALazyPenalty_areThoseOfItsLastStep() {
    Objective objective = WASSERSTEIN.penalty(Penalties.r1(0.5)).lazyPenalty(Penalties.r1(2), 2);
    AdversarialTraining recipe = TwoNumbers.recipe(objective);
    try (AdversarialTrainer trainer = recipe.start(TwoNumbers.threes())) {
      assertThat(trainer.round().discriminatorTerms()).doesNotContainKey("r1_2");
      double d = 2 - 0.1 * (0.5 - 3 + 0.5 * 2);
      double g = 0.5 + 0.1 * d;
      double next = d - 0.1 * (g - 3 + 0.5 * d);
      double lazy = trainer.round().discriminatorTerms().get("r1_2");
      assertThat(lazy).isCloseTo(next * next, CLOSE);
      assertThat(trainer.round().discriminatorTerms()).containsEntry("r1_2", lazy);
    }
  }

  @Test
  void terms_overSeveralBatches_areTheirMeans() {
    AdversarialTraining recipe =
        TwoNumbers.recipe(WASSERSTEIN.penalty(Penalties.r1(2)))
            .schedule(Alternation.alternating().accumulating(3));
    try (AdversarialTrainer trainer = recipe.start(TwoNumbers.threes())) {
      Round round = trainer.round();

      assertThat(round.discriminatorLoss()).isCloseTo(-1, CLOSE);
      assertThat(round.discriminatorTerms().get("r1")).isCloseTo(4, CLOSE);
      assertThat(round.realScore()).isCloseTo(6, CLOSE);
    }
  }

  @Test
  void terms_ofASideWithoutAStep_areNone() {
    AdversarialTraining recipe =
        TwoNumbers.recipe(WASSERSTEIN).schedule(Alternation.alternating().discriminatorSteps(0.5));
    try (AdversarialTrainer trainer = recipe.start(TwoNumbers.threes())) {
      Round round = trainer.round();

      assertThat(round.discriminatorLoss()).isNaN();
      assertThat(round.realScore()).isNaN();
      assertThat(round.discriminatorTerms()).isEmpty();
      assertThat(round.generatorTerms()).containsOnlyKeys("adversarial");
    }
  }
}
