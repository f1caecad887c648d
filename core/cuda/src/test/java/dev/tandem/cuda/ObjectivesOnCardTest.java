package dev.tandem.cuda;

import static dev.tandem.core.activation.Activations.leakyRelu;
import static dev.tandem.core.activation.Activations.relu;
import static dev.tandem.core.activation.Activations.tanh;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Conv2D;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Flatten;
import dev.tandem.core.layer.Reshape;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.optimizer.Schedules;
import dev.tandem.core.tensor.Shape;
import dev.tandem.gan.latent.Latent;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.objective.augment.AdaAugmentations;
import dev.tandem.gan.objective.augment.Augmentation;
import dev.tandem.gan.objective.augment.AugmentationTypes;
import dev.tandem.gan.objective.augment.Augmentations;
import dev.tandem.gan.objective.augment.Strength;
import dev.tandem.gan.objective.loss.AdversarialLossTypes;
import dev.tandem.gan.objective.loss.AdversarialLosses;
import dev.tandem.gan.objective.penalty.GeneratorTerms;
import dev.tandem.gan.objective.penalty.Penalties;
import dev.tandem.gan.objective.penalty.PenaltyTypes;
import dev.tandem.gan.pair.AdversarialPair;
import dev.tandem.gan.train.AdversarialTraining;
import dev.tandem.gan.train.WeightAverage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Every loss, penalty and augmentation of GANs is on a card what it is on the host. */
class ObjectivesOnCardTest {

  /**
   * An objective.
   *
   * @param types what it has in it, by the names of saved runs
   */
  record Case(Set<String> types, Objective objective) {
    @Override
    public String toString() {
      return String.join(" + ", types);
    }
  }

  private static Case of(String type, Objective objective) {
    return new Case(Set.of(type), objective);
  }

  private static Objective plain() {
    return Objective.of(AdversarialLosses.nonSaturating());
  }

  private static Case augmented(String type, Augmentation augmentation) {
    return of(type, plain().augment(augmentation));
  }

  static List<Case> cases() {
    List<Case> all = new ArrayList<>();
    all.addAll(losses());
    all.addAll(penalties());
    all.addAll(augmentations());
    return all;
  }

  private static List<Case> losses() {
    return List.of(
        of("minimax", Objective.of(AdversarialLosses.minimax())),
        of("non_saturating", plain()),
        of("least_squares", Objective.of(AdversarialLosses.leastSquares()).judgingTogether()),
        of("wasserstein", Objective.of(AdversarialLosses.wasserstein()).clipWeights(0.1)),
        of("hinge", Objective.of(AdversarialLosses.hinge())),
        of("relativistic_paired", Objective.of(AdversarialLosses.relativistic())),
        of("relativistic_average", Objective.of(AdversarialLosses.relativisticAverage())),
        of("energy", Objective.of(AdversarialLosses.energy(0.5))),
        of("equilibrium", Objective.of(AdversarialLosses.equilibrium(0.5, 0.01))),
        of(
            "discriminator_alone",
            Objective.of(
                AdversarialLosses.forDiscriminatorAlone(AdversarialLosses.leastSquares()))),
        of("label_noise", plain().smoothLabels(0.1).flipLabels(0.3)));
  }

  private static List<Case> penalties() {
    Objective critic = Objective.of(AdversarialLosses.wasserstein());
    return List.of(
        of("gradient_penalty", critic.penalty(Penalties.gradientPenalty(10))),
        of("dragan", plain().penalty(Penalties.dragan(10))),
        of("r1", plain().penalty(Penalties.r1(1))),
        of("r2", plain().penalty(Penalties.r2(1), Schedules.cosineDecay(10, 50, 1))),
        of("lecam", plain().penalty(Penalties.leCam(0.3))),
        of(
            "consistency",
            plain().penalty(Penalties.balancedConsistency(1, 2, Augmentations.translation(0.2)))),
        of("penalty", plain().lazyPenalty(Penalties.r1(1), 2)),
        of(
            "feature_matching",
            plain().generatorTerm(GeneratorTerms.featureMatching(1, "features"))));
  }

  private static List<Case> augmentations() {
    return List.of(
        augmented("blits", AdaAugmentations.blits()),
        augmented("brightness", Augmentations.brightness()),
        augmented("colors", AdaAugmentations.color()),
        augmented("contrast", Augmentations.contrast()),
        augmented("cutout", Augmentations.cutout(0.5)),
        augmented("geometry", AdaAugmentations.geometry()),
        augmented("instance_noise", Augmentations.instanceNoise(0.1)),
        augmented("saturation", Augmentations.saturation()),
        augmented("translation", Augmentations.translation(0.25)),
        new Case(
            new TreeSet<>(Set.of("varying_augmentation", "scheduled_strength")),
            plain()
                .augment(
                    Augmentations.at(
                        Strength.scheduled(Schedules.cosineDecay(0.7, 50, 0.1)),
                        AdaAugmentations.blits(),
                        AdaAugmentations.color()))),
        augmented(
            "adaptive_strength",
            Augmentations.at(Strength.adaptive().every(1).images(8), Augmentations.brightness())));
  }

  private static AdversarialPair pair() {
    Model generator =
        Model.sequential(
            "generator",
            Input.of("noise", 3),
            Dense.units(4 * 4 * 6).activation(relu()),
            Reshape.of(4, 4, 6),
            Conv2D.filters(3).kernel(3).activation(tanh()));
    Model discriminator =
        Model.sequential(
            "discriminator",
            Input.of("image", generator.output().shape().sample()),
            Conv2D.filters(4).kernel(2).activation(leakyRelu(0.2)).named("features"),
            Flatten.of(),
            Dense.units(1));
    return AdversarialPair.of(generator, discriminator, Latent.normal(3));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void objective_onACard_isThatOfTheHost(Case one) {
    AdversarialPair pair = pair();
    Shape images = pair.sampleShape().prepend(12);
    INDArray samples = Nd4j.zeros(DataType.FLOAT, images.toArray());
    CounterRandom.of(1).uniform(samples);
    CardRounds.check(
        AdversarialTraining.of(pair, one.objective())
            .average(WeightAverage.rampedDecay(0.9))
            .batch(4),
        List.of(Dataset.builder().input("image", samples).build()));
  }

  @Test
  void types_thatSavedRunsKnow_areAllAmongTheCases() {
    Set<String> known = new TreeSet<>(AdversarialLossTypes.all().keySet());
    known.addAll(PenaltyTypes.all().keySet());
    known.addAll(AugmentationTypes.all().keySet());

    assertThat(cases().stream().flatMap(one -> one.types().stream()).collect(Collectors.toSet()))
        .isEqualTo(known);
  }
}
