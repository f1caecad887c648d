package dev.tandem.gan.preset;

import static dev.tandem.gan.objective.loss.AdversarialLosses.hinge;
import static dev.tandem.gan.objective.loss.AdversarialLosses.nonSaturating;
import static dev.tandem.gan.objective.loss.AdversarialLosses.relativistic;
import static dev.tandem.gan.objective.loss.AdversarialLosses.wasserstein;
import static dev.tandem.gan.objective.penalty.Penalties.gradientPenalty;
import static dev.tandem.gan.objective.penalty.Penalties.r1;
import static dev.tandem.gan.objective.penalty.Penalties.r2;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.optimizer.Schedules;
import dev.tandem.gan.net.Nets;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.pair.AdversarialPair;
import dev.tandem.gan.step.Optimizers;
import dev.tandem.gan.train.AdversarialTraining;
import dev.tandem.gan.train.Alternation;
import dev.tandem.gan.train.WeightAverage;

/** The presets. For images they take convolutional nets, for points dense ones. */
public final class Presets {

  private static final ImmutableList<Preset> ALL =
      ImmutableList.of(
          Preset.asked("dcgan", "non-saturating loss, batch norm in the generator", Presets::dcgan),
          Preset.asked("wgan-gp", "Wasserstein loss, gradient penalty", Presets::wganGp),
          Preset.asked("sngan", "hinge loss, spectral norm in the discriminator", Presets::sngan),
          Preset.asked("r3gan", "relativistic loss, R1 and R2", Presets::r3gan),
          Preset.asked("pacgan2", "dcgan with samples packed in twos", s -> pacgan(s, 2)),
          Preset.asked("pacgan4", "dcgan with samples packed in fours", s -> pacgan(s, 4)),
          Preset.asked("cgan", "sngan told the class, by projection", Presets::cgan),
          Preset.asked("acgan", "dcgan that is told the class and tells it", Presets::acgan),
          Preset.asked("infogan", "dcgan with ten codes to find", Presets::infogan),
          Preset.asked("pix2pix", "sources to samples that belong to them", Translations::pix2pix),
          Preset.asked("cyclegan", "one domain to another and back", Translations::cycleGan));

  private Presets() {}

  /** All of them. */
  public static ImmutableList<Preset> all() {
    return ALL;
  }

  /**
   * The preset of a name.
   *
   * @throws IllegalArgumentException if there is none; names those there are
   */
  public static Preset named(String name) {
    return ALL.stream()
        .filter(preset -> preset.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no preset \"" + name + "\"; there are " + ALL));
  }

  /** Radford, Metz, Chintala, 2015, arXiv:1511.06434. Points: the nets of PacGAN, unpacked. */
  private static AdversarialTraining dcgan(PresetRequest asked) {
    return pacgan(asked, 1);
  }

  /**
   * Lin et al., 2018, arXiv:1712.04086. Points: their nets, rates and batches (Adam 1e-4, beta1
   * 0.8, 100 packs).
   */
  private static AdversarialTraining pacgan(PresetRequest asked, int packing) {
    Nets nets = asked.nets();
    AdversarialPair pair =
        AdversarialPair.packed(
            nets.generator(), nets.discriminator(packing), nets.latent(), packing);
    AdversarialTraining training = AdversarialTraining.of(pair, Objective.of(nonSaturating()));
    return nets.areOfPoints()
        ? training.optimizers(Optimizers.both(Adam.rate(1e-4).beta1(0.8))).batch(100)
        : training;
  }

  /** Gulrajani et al., 2017, arXiv:1704.00028: five critic steps, Adam 1e-4 (0, 0.9). */
  private static AdversarialTraining wganGp(PresetRequest asked) {
    Nets nets = asked.nets();
    double weight = nets.areOfPoints() ? 0.1 : 10; // theirs for toys and for images
    return AdversarialTraining.of(
            AdversarialPair.of(nets.generator(), nets.critic(), nets.latent()),
            Objective.of(wasserstein()).penalty(gradientPenalty(weight)))
        .optimizers(Optimizers.both(Adam.rate(1e-4).beta1(0).beta2(0.9)))
        .schedule(Alternation.alternating().discriminatorSteps(5));
  }

  /** Miyato et al., 2018, arXiv:1802.05957, with the hinge loss: Adam 2e-4 (0, 0.9). */
  private static AdversarialTraining sngan(PresetRequest asked) {
    Nets nets = asked.nets();
    return AdversarialTraining.of(
            AdversarialPair.of(nets.generator(), nets.spectralDiscriminator(), nets.latent()),
            Objective.of(hinge()))
        .optimizers(Optimizers.both(Adam.rate(2e-4).beta1(0).beta2(0.9)));
  }

  /**
   * Huang et al., 2025, arXiv:2501.05441: relativistic pairs, R1 and R2, no normalization that
   * mixes samples in the discriminator, Adam without momentum, an averaged generator. The weight of
   * the penalties and the rates fit nets of this size.
   */
  private static AdversarialTraining r3gan(PresetRequest asked) {
    Nets nets = asked.nets();
    return nets.areOfPoints()
        ? r3gan(nets, 0.003).optimizers(pointRates()).batch(256)
        : r3gan(nets, 3).optimizers(Optimizers.both(Adam.rate(1e-3).beta1(0).beta2(0.99)));
  }

  private static AdversarialTraining r3gan(Nets nets, double gamma) {
    return AdversarialTraining.of(
            AdversarialPair.of(nets.plainGenerator(), nets.critic(), nets.plainLatent()),
            Objective.of(relativistic()).penalty(r1(gamma)).penalty(r2(gamma)))
        .average(WeightAverage.rampedDecay(0.999));
  }

  /**
   * For points of about unit deviation, in modes much narrower than their distance. Parts of the
   * latent change their modes as long as the generator moves faster than the discriminator learns,
   * so it is given the smaller rate; both rates fall, since a step's noise has to become small
   * beside a mode.
   */
  private static Optimizers pointRates() {
    return Optimizers.of(halved(7e-4), halved(4e-3));
  }

  private static Adam halved(double rate) {
    return Adam.rate(Schedules.exponentialDecay(rate, 1200, 0.5)).beta1(0).beta2(0.9);
  }

  /** Miyato, Koyama, 2018, arXiv:1802.05637: the class by projection. */
  private static AdversarialTraining cgan(PresetRequest asked) {
    Nets nets = asked.nets();
    AdversarialPair pair =
        AdversarialPair.conditional(
            nets.classGenerator(asked.classes()),
            nets.projectionDiscriminator(asked.classes()),
            nets.latent(),
            asked.classes());
    return AdversarialTraining.of(pair, Objective.of(hinge()))
        .optimizers(Optimizers.both(Adam.rate(2e-4).beta1(0).beta2(0.9)));
  }

  /** Odena, Olah, Shlens, 2016, arXiv:1610.09585. */
  private static AdversarialTraining acgan(PresetRequest asked) {
    Nets nets = asked.nets();
    return AdversarialTraining.of(
        AdversarialPair.auxiliary(
            nets.classGenerator(asked.classes()),
            nets.auxiliaryDiscriminator(asked.classes()),
            nets.latent(),
            asked.classes()),
        Objective.of(nonSaturating()));
  }

  /**
   * Chen et al., 2016, arXiv:1606.03657, with one code, of ten values unless another number of
   * classes is stated; rates as on their MNIST.
   */
  private static AdversarialTraining infogan(PresetRequest asked) {
    Nets nets = asked.nets();
    return AdversarialTraining.of(
            AdversarialPair.coded(
                nets.classGenerator(asked.classes()),
                nets.auxiliaryDiscriminator(asked.classes()),
                nets.latent(),
                asked.classes()),
            Objective.of(nonSaturating()))
        .optimizers(Optimizers.of(Adam.rate(1e-3).beta1(0.5), Adam.rate(2e-4).beta1(0.5)));
  }
}
