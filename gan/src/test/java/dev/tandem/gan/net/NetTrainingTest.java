package dev.tandem.gan.net;

import static dev.tandem.gan.objective.loss.AdversarialLosses.leastSquares;
import static dev.tandem.gan.objective.loss.AdversarialLosses.nonSaturating;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.gan.latent.Latent;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.objective.penalty.Penalties;
import dev.tandem.gan.pair.AdversarialPair;
import dev.tandem.gan.train.AdversarialTrainer;
import dev.tandem.gan.train.AdversarialTraining;
import dev.tandem.gan.train.Round;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Every kind of net makes images of its size, and all its weights move. */
class NetTrainingTest {

  private static final int CLASSES = 3;

  /** Biases that the papers' nets have, and batch norm behind them takes away. */
  private static final Pattern CANCELED = Pattern.compile("generator_block\\d_conv0/bias");

  /** A pair of narrow nets. */
  record Case(String title, Supplier<AdversarialPair> pair, Objective objective) {
    @Override
    public String toString() {
      return title;
    }
  }

  private static Case of(String title, Supplier<AdversarialPair> pair) {
    return new Case(title, pair, Objective.of(nonSaturating()));
  }

  static List<Case> cases() {
    return List.of(
        of("DCGAN of 28", () -> dcgan(Dcgan.sized(28, 1).filters(2))),
        of("DCGAN of 32", () -> dcgan(Dcgan.sized(32, 3).filters(2).norm(Norm.BATCH))),
        of("DCGAN of 64", () -> dcgan(Dcgan.sized(64, 1).filters(1))),
        of("SNGAN of 28", () -> residual(ResNetGan.sngan(28, 1))),
        of("SNGAN of 48", () -> residual(ResNetGan.sngan(48, 1))),
        of("SAGAN of 32", () -> residual(ResNetGan.sagan(32, 3))),
        of("SAGAN with classes", () -> conditional(ResNetGan.sagan(16, 1))),
        new Case(
            "StyleGAN2 with R1",
            () -> style(StyleGan2.sized(16, 1).filters(2).latent(8).mapping(2)),
            Objective.of(nonSaturating()).penalty(Penalties.r1(1))),
        of("StyleGAN2 of 28", () -> style(StyleGan2.sized(28, 3).filters(2).latent(4))),
        translating("U-Net of 28", UNet.sized(28, 28, 1, 1).filters(2).build("generator"), 1),
        translating(
            "shallow U-Net", UNet.sized(28, 28, 1, 2).filters(3).depth(2).build("generator"), 2),
        translating(
            "U-Net of odd sides with batch norm",
            UNet.sized(21, 30, 1, 1).filters(2).norm(Norm.BATCH).build("generator"),
            1),
        translating(
            "residual net",
            ResNetGenerator.sized(28, 28, 1, 3).filters(2).blocks(2).build("generator"),
            3));
  }

  private static AdversarialPair dcgan(Dcgan nets) {
    return AdversarialPair.of(nets.generator(), nets.discriminator(1), nets.latent());
  }

  private static AdversarialPair residual(ResNetGan wide) {
    ResNetGan nets = wide.filters(2).latent(8);
    return AdversarialPair.of(
        nets.generator("generator"), nets.discriminator("discriminator"), Latent.normal(8));
  }

  private static AdversarialPair conditional(ResNetGan wide) {
    ResNetGan nets = wide.filters(2).latent(8).classes(CLASSES);
    return AdversarialPair.conditional(
        nets.generator("generator"),
        nets.discriminator("discriminator"),
        Latent.normal(8),
        CLASSES);
  }

  private static AdversarialPair style(StyleGan2 nets) {
    return AdversarialPair.of(
        nets.generator("generator"),
        nets.discriminator("discriminator"),
        Latent.normal(nets.latent()));
  }

  /** From images of noise, judged patch by patch. */
  private static Case translating(String title, Model generator, int channels) {
    long[] given = generator.graph().inputs().get(0).shape().sample().toArray();
    PatchGan patches = PatchGan.sized((int) given[0], (int) given[1], channels).filters(2);
    return new Case(
        title,
        () -> AdversarialPair.of(generator, patches.build("discriminator"), Latent.normal(given)),
        Objective.of(leastSquares()));
  }

  private static Dataset data(AdversarialPair pair) {
    INDArray images = Nd4j.zeros(DataType.FLOAT, pair.sampleShape().prepend(6).toArray());
    CounterRandom.of(1).normal(images);
    return Dataset.builder()
        .input("image", images)
        .target("label", Nd4j.createFromArray(new int[] {0, 1, 2, 0, 1, 2}))
        .build();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void nets_inTwoRounds_moveAllTheirWeights(Case net) {
    AdversarialPair pair = net.pair().get();
    Dataset data = data(pair);
    AdversarialTraining recipe =
        AdversarialTraining.of(pair, net.objective()).initializing().batch(3).seed(2);
    try (AdversarialTrainer trainer = recipe.start(data)) {
      Map<Weight, INDArray> before = new LinkedHashMap<>();
      for (Model model : List.of(pair.generator(), pair.discriminator())) {
        model.weights().stream()
            .filter(weight -> !CANCELED.matcher(weight.path()).matches())
            .forEach(weight -> before.put(weight, weight.values()));
      }

      Round first = trainer.round();
      Round second = trainer.round();

      for (Round round : List.of(first, second)) {
        assertThat(round.discriminatorLoss()).isFinite();
        assertThat(round.generatorLoss()).isFinite();
      }
      before.forEach(
          (weight, values) ->
              assertThat(weight.values().sub(values).amaxNumber().doubleValue())
                  .as(weight.toString())
                  .isPositive());
      INDArray samples = trainer.sample(4, 1);
      assertThat(samples.shape()).isEqualTo(pair.sampleShape().prepend(4).toArray());
      assertThat(samples.meanNumber().doubleValue()).isFinite();
    }
  }
}
