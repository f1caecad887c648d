package dev.tandem.examples.heads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.data.LabeledImages;
import dev.tandem.core.data.Mnist;
import dev.tandem.core.data.PixelRange;
import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.layer.Weight;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class HeadsTrainingTest {

  private static final Mnist MNIST = Mnist.fromClassPath(PixelRange.ZERO_TO_ONE);

  private static Questions first(LabeledImages all, int count) {
    return Questions.of(
        new LabeledImages(
            all.images().get(NDArrayIndex.interval(0, count)),
            all.labels().get(NDArrayIndex.interval(0, count))));
  }

  @Test
  void trainers_overOneTrunk_moveWhatTheyShould() {
    try (HeadsTraining training = new HeadsTraining(1, new PlanEngine())) {
      assertThat(training.digits().moves()).hasSize(8);
      assertThat(training.parity().moves())
          .extracting(Weight::path)
          .containsExactly("parity/kernel", "parity/bias");
    }
  }

  @Test
  void training_forSomeTurns_isBetterThanChance() {
    try (HeadsTraining training = new HeadsTraining(1, new PlanEngine())) {
      training.train(first(MNIST.train(), 2_000), 60, (digit, parity) -> {});
      Questions test = first(MNIST.test(), 500);

      assertThat(training.digitAccuracy(test)).isGreaterThan(0.6);
      assertThat(training.parityAccuracy(test)).isGreaterThan(0.6);
    }
  }

  @Test
  void parities_ofLabels_areOneWhereOdd() {
    LabeledImages labeled =
        new LabeledImages(Nd4j.zeros(4, 28, 28, 1), Nd4j.createFromArray(0, 1, 4, 9));

    assertThat(Questions.of(labeled).parity().target(Questions.PARITY).toFloatVector())
        .containsExactly(0, 1, 0, 1);
  }

  @Tag("heavy")
  @Test
  void training_forTheDefaultTurns_reaches97Percent() {
    try (HeadsTraining training = new HeadsTraining(1, new PlanEngine())) {
      training.train(Questions.of(MNIST.train()), 2_000, (digit, parity) -> {});

      assertThat(training.digitAccuracy(Questions.of(MNIST.test()))).isGreaterThan(0.97);
    }
  }
}
