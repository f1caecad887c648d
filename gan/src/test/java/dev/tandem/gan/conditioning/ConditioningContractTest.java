package dev.tandem.gan.conditioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.samediff.SameDiffEngine;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.objective.loss.AdversarialLosses;
import dev.tandem.gan.objective.penalty.Penalties;
import dev.tandem.gan.pair.AdversarialPair;
import dev.tandem.gan.train.AdversarialTrainer;
import dev.tandem.gan.train.AdversarialTraining;
import dev.tandem.gan.train.Round;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Every kind of conditioning, by its samples, from columns of the data to samples of the trainer.
 */
class ConditioningContractTest {

  static List<ConditioningSample> samples() {
    return ConditioningSample.ALL;
  }

  private static AdversarialTraining recipe(AdversarialPair pair) {
    return AdversarialTraining.of(
            pair,
            Objective.of(AdversarialLosses.relativistic())
                .penalty(Penalties.r1(0.1))
                .lazyPenalty(Penalties.r2(0.1), 2))
        .initializing()
        .batch(4)
        .seed(3);
  }

  private static AdversarialTrainer start(AdversarialTraining recipe, List<Dataset> data) {
    return data.size() == 1 ? recipe.start(data.get(0)) : recipe.start(data.get(0), data.get(1));
  }

  private static AdversarialTrainer resume(
      AdversarialTraining recipe, List<Dataset> data, Path directory) {
    return data.size() == 1
        ? recipe.resume(data.get(0), directory)
        : recipe.resume(data.get(0), data.get(1), directory);
  }

  @Test
  void samples_haveEveryKind() {
    Set<Class<?>> kinds = new HashSet<>();
    samples().forEach(sample -> kinds.add(sample.pair().get().conditioning().getClass()));

    assertThat(kinds).containsExactlyInAnyOrder(Conditioning.class.getPermittedSubclasses());
    assertThat(ConditioningTypes.all().values()).containsExactlyInAnyOrderElementsOf(kindsOf());
  }

  @SuppressWarnings("unchecked")
  private static List<Class<? extends Record>> kindsOf() {
    return List.of((Class<? extends Record>[]) Conditioning.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void steps_takeNothingThatNoColumnGives(ConditioningSample sample) {
    AdversarialPair pair = sample.pair().get();
    Set<String> given = new HashSet<>(Set.of(InputNames.ROWS));
    pair.conditioning()
        .columns(pair.networks())
        .forEach(columns -> columns.forEach(column -> given.add(column.input())));
    for (int i = 0; i < pair.packing(); i++) {
      given.add(InputNames.real(i)); // cut out of the first one
    }
    try (AdversarialTrainer trainer = start(recipe(pair), sample.data())) {
      assertThat(given)
          .containsAll(trainer.steps().discriminator().model().inputs().keySet())
          .containsAll(trainer.steps().generator().model().inputs().keySet())
          .contains(pair.conditioning().realSamples());
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void rounds_onBothEngines_haveTheSameLosses(ConditioningSample sample) {
    try (AdversarialTrainer plan = start(recipe(sample.pair().get()), sample.data());
        AdversarialTrainer session =
            start(recipe(sample.pair().get()).engine(new SameDiffEngine()), sample.data())) {
      for (int i = 0; i < 3; i++) {
        Round one = plan.round();
        Round other = session.round();

        assertThat(one.discriminatorLoss())
            .isCloseTo(other.discriminatorLoss(), withinPercentage(0.01));
        assertThat(one.generatorLoss()).isCloseTo(other.generatorLoss(), withinPercentage(0.01));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void samples_ofOneSeed_areEqual(ConditioningSample sample) {
    try (AdversarialTrainer trainer = start(recipe(sample.pair().get()), sample.data())) {
      INDArray made = trainer.sample(5, 1);

      assertThat(made.shape()).containsExactly(5, 2);
      assertThat(trainer.sample(5, 1)).isEqualTo(made);
      assertThat(trainer.sample(5, 2)).isNotEqualTo(made);
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void resume_inTheMiddle_isExact(ConditioningSample sample, @TempDir Path directory) {
    try (AdversarialTrainer first = start(recipe(sample.pair().get()), sample.data())) {
      first.train(3);
      first.save(directory);
      first.train(2);
      try (AdversarialTrainer later =
          resume(recipe(sample.pair().get()), sample.data(), directory)) {
        later.train(2);

        assertThat(later.sample(5, 1)).isEqualTo(first.sample(5, 1));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void start_onAnotherNumberOfSets_isRefused(ConditioningSample sample) {
    Dataset first = sample.data().get(0);
    List<Dataset> others = sample.data().size() == 1 ? List.of(first, first) : List.of(first);
    AdversarialTraining recipe = recipe(sample.pair().get());

    assertThatThrownBy(() -> start(recipe, others))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("learns from " + sample.data().size() + " data sets");
  }

  @ParameterizedTest
  @MethodSource("samples")
  void start_withoutAColumn_isRefusedByItsKind(ConditioningSample sample) {
    Dataset without =
        Dataset.builder()
            .input("other", sample.data().get(0).input("point").reshape(24, 2, 1))
            .build();
    List<Dataset> none = sample.data().stream().map(each -> without).toList();
    AdversarialTraining recipe = recipe(sample.pair().get());

    assertThatThrownBy(() -> start(recipe, none))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the data set has 0 inputs like");
  }
}
