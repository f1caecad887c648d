package dev.tandem.examples.modes;

import dev.tandem.examples.gan.GanData;
import dev.tandem.gan.data.StackedMnist;
import dev.tandem.gan.metric.FeatureExtractor;
import dev.tandem.gan.metric.ModeReport;
import dev.tandem.gan.metric.StackedModes;
import dev.tandem.gan.preset.Preset;
import dev.tandem.gan.train.AdversarialTraining;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Stacked MNIST by Unrolled GAN (Metz et al., 2016, arXiv:1611.02163). The presets dcgan, pacgan2
 * and pacgan4 have its small nets and rates here; the others have their own.
 *
 * @param digits to stack
 * @param stacks how many are trained on
 * @param samples how many are measured
 */
record StackedProtocol(StackedMnist digits, int stacks, int samples) implements Protocol {

  static final String NAME = "stacked-mnist-unrolled";

  private static final int STACKS = 60_000;
  private static final int SAMPLES = 25_600;

  static StackedProtocol ofMnist() {
    return new StackedProtocol(StackedMnist.of(GanData.digits()), STACKS, SAMPLES);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public GanData data(long seed) {
    return GanData.of(digits, stacks, seed);
  }

  @Override
  public AdversarialTraining recipe(Preset preset, GanData data, long seed) {
    return switch (preset.name()) {
      case "dcgan" -> UnrolledNets.recipe(1).seed(seed);
      case "pacgan2" -> UnrolledNets.recipe(2).seed(seed);
      case "pacgan4" -> UnrolledNets.recipe(4).seed(seed);
      default -> data.recipe(preset, seed);
    };
  }

  @Override
  public ModeReport measure(INDArray samples, long seed) {
    try (FeatureExtractor classifier = FeatureExtractor.mnist()) {
      return StackedModes.of(classifier, digits).measure(samples, seed);
    }
  }
}
