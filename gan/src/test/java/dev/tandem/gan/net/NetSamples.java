package dev.tandem.gan.net;

import dev.tandem.core.model.Model;
import dev.tandem.gan.latent.Latent;
import dev.tandem.gan.pair.AdversarialPair;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Every net that this library brings, in pairs, narrow and small. */
public final class NetSamples {

  private static final int CLASSES = 3;

  private NetSamples() {}

  private static NetSample of(
      String generator, String discriminator, Supplier<AdversarialPair> pair) {
    return new NetSample(new TreeSet<>(Set.of(generator, discriminator)), pair);
  }

  /** All of them. */
  public static List<NetSample> all() {
    Dcgan dcgan = Dcgan.sized(16, 2).filters(2);
    PointNets points = new PointNets(2);
    return List.of(
        of(
            "Dcgan.generator",
            "Dcgan.discriminator",
            () ->
                AdversarialPair.packed(
                    dcgan.norm(Norm.BATCH).generator(),
                    dcgan.norm(Norm.BATCH).discriminator(2),
                    dcgan.latent(),
                    2)),
        of("Dcgan.plainGenerator", "Dcgan.critic", () -> plain(dcgan)),
        of("Dcgan.generator", "Dcgan.spectralDiscriminator", () -> spectral(dcgan)),
        of("Dcgan.classGenerator", "Dcgan.projectionDiscriminator", () -> conditional(dcgan)),
        of("Dcgan.classGenerator", "Dcgan.auxiliaryDiscriminator", () -> auxiliary(dcgan)),
        of("Dcgan.classGenerator", "Dcgan.auxiliaryDiscriminator", () -> coded(dcgan)),
        of(
            "PointNets.generator",
            "PointNets.discriminator",
            () ->
                AdversarialPair.packed(
                    points.generator(), points.discriminator(2), points.latent(), 2)),
        of("PointNets.plainGenerator", "PointNets.critic", () -> plain(points)),
        of("PointNets.generator", "PointNets.spectralDiscriminator", () -> spectral(points)),
        of(
            "PointNets.classGenerator",
            "PointNets.projectionDiscriminator",
            () -> conditional(points)),
        of("PointNets.classGenerator", "PointNets.auxiliaryDiscriminator", () -> auxiliary(points)),
        of(
            "ResNetGan.generator",
            "ResNetGan.discriminator",
            () -> residual(ResNetGan.sngan(16, 1))),
        of(
            "ResNetGan.generator",
            "ResNetGan.discriminator",
            () -> residual(ResNetGan.sagan(16, 3).classes(CLASSES))),
        of(
            "StyleGan2.generator",
            "StyleGan2.discriminator",
            () -> {
              StyleGan2 nets = StyleGan2.sized(16, 1).filters(2).latent(4).mapping(2);
              return AdversarialPair.of(
                  nets.generator("generator"),
                  nets.discriminator("discriminator"),
                  Latent.normal(4));
            }),
        of(
            "UNet.build",
            "PatchGan.build",
            () -> translating(UNet.sized(21, 18, 1, 1).filters(2).depth(2).build("generator"), 1)),
        of(
            "UNet.build",
            "PatchGan.build",
            () ->
                translating(
                    UNet.sized(18, 18, 1, 2).filters(2).depth(2).norm(Norm.BATCH).build("g"), 2)),
        of(
            "PointTranslator.build",
            "PointNets.critic",
            () ->
                AdversarialPair.of(
                    new PointTranslator(3, 2).build("translator"),
                    points.critic(),
                    Latent.normal(3))),
        of(
            "ResNetGenerator.build",
            "PatchGan.build",
            () ->
                translating(
                    ResNetGenerator.sized(20, 16, 1, 3).filters(2).blocks(1).build("g"), 3)));
  }

  private static AdversarialPair plain(Nets nets) {
    return AdversarialPair.of(nets.plainGenerator(), nets.critic(), nets.plainLatent());
  }

  private static AdversarialPair spectral(Nets nets) {
    return AdversarialPair.of(nets.generator(), nets.spectralDiscriminator(), nets.latent());
  }

  private static AdversarialPair conditional(Nets nets) {
    return AdversarialPair.conditional(
        nets.classGenerator(CLASSES),
        nets.projectionDiscriminator(CLASSES),
        nets.latent(),
        CLASSES);
  }

  private static AdversarialPair auxiliary(Nets nets) {
    return AdversarialPair.auxiliary(
        nets.classGenerator(CLASSES), nets.auxiliaryDiscriminator(CLASSES), nets.latent(), CLASSES);
  }

  private static AdversarialPair coded(Nets nets) {
    return AdversarialPair.coded(
        nets.classGenerator(CLASSES), nets.auxiliaryDiscriminator(CLASSES), nets.latent(), CLASSES);
  }

  private static AdversarialPair residual(ResNetGan wide) {
    ResNetGan nets = wide.filters(2).latent(4);
    Model generator = nets.generator("generator");
    Model discriminator = nets.discriminator("discriminator");
    return nets.classes() == 0
        ? AdversarialPair.of(generator, discriminator, Latent.normal(4))
        : AdversarialPair.conditional(generator, discriminator, Latent.normal(4), nets.classes());
  }

  /** From images of noise, judged patch by patch. */
  private static AdversarialPair translating(Model generator, int channels) {
    long[] given = generator.graph().inputs().get(0).shape().sample().toArray();
    PatchGan patches =
        PatchGan.sized((int) given[0], (int) given[1], channels).filters(2).layers(1);
    return AdversarialPair.of(generator, patches.build("judge"), Latent.normal(given));
  }
}
