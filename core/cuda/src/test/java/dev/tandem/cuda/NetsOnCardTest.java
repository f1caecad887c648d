package dev.tandem.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.gan.latent.Latent;
import dev.tandem.gan.net.Dcgan;
import dev.tandem.gan.net.Nets;
import dev.tandem.gan.net.Norm;
import dev.tandem.gan.net.PatchGan;
import dev.tandem.gan.net.PointNets;
import dev.tandem.gan.net.PointTranslator;
import dev.tandem.gan.net.ResNetGan;
import dev.tandem.gan.net.ResNetGenerator;
import dev.tandem.gan.net.StyleGan2;
import dev.tandem.gan.net.UNet;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.objective.loss.AdversarialLosses;
import dev.tandem.gan.pair.AdversarialPair;
import dev.tandem.gan.train.AdversarialTraining;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Every net that this library brings trains on a card as on the host, narrow and small. */
class NetsOnCardTest {

  private static final int CLASSES = 3;

  /**
   * A pair of nets.
   *
   * @param nets the methods that make them, as in {@code Dcgan.generator}
   */
  record Case(Set<String> nets, Supplier<AdversarialPair> pair) {
    @Override
    public String toString() {
      return String.join(" + ", nets);
    }
  }

  private static Case of(String generator, String discriminator, Supplier<AdversarialPair> pair) {
    return new Case(new TreeSet<>(Set.of(generator, discriminator)), pair);
  }

  static List<Case> cases() {
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

  @ParameterizedTest
  @MethodSource("cases")
  void nets_onACard_trainAsOnTheHost(Case nets) {
    AdversarialPair pair = nets.pair().get();
    INDArray samples = Nd4j.zeros(DataType.FLOAT, pair.sampleShape().prepend(9).toArray());
    CounterRandom.of(1).normal(samples);
    Dataset data =
        Dataset.builder()
            .input("sample", samples)
            .target("label", Nd4j.createFromArray(0, 1, 2, 0, 1, 2, 0, 1, 2))
            .build();
    CardRounds.check(
        AdversarialTraining.of(pair, Objective.of(AdversarialLosses.nonSaturating())).batch(3),
        List.of(data));
  }

  @Test
  void nets_thatAreBuiltByPublicMethods_areAllAmongTheCases() {
    Set<String> tried =
        cases().stream().flatMap(nets -> nets.nets().stream()).collect(Collectors.toSet());

    assertThat(makers()).isNotEmpty().isSubsetOf(tried);
    assertThat(tried).isSubsetOf(makers());
  }

  /** The public methods of public classes of nets that give a model. */
  private static Set<String> makers() {
    Set<String> makers = new TreeSet<>();
    for (JavaClass type :
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.tandem.gan.net")) {
      if (type.getModifiers().contains(JavaModifier.PUBLIC) && !type.isInterface()) {
        for (JavaMethod method : type.getMethods()) {
          if (method.getModifiers().contains(JavaModifier.PUBLIC)
              && method.getRawReturnType().isEquivalentTo(Model.class)) {
            makers.add(type.getSimpleName() + "." + method.getName());
          }
        }
      }
    }
    return makers;
  }
}
