package dev.tandem.examples.gan;

import dev.tandem.core.tensor.Shape;
import dev.tandem.gan.config.MetricPipeline;
import dev.tandem.gan.config.MetricSettings;
import dev.tandem.gan.metric.FeatureExtractor;
import dev.tandem.gan.metric.FeatureSpace;
import dev.tandem.gan.metric.ImagePipeline;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * What measures look through.
 *
 * @param net an ONNX file; if there is none, the net that Tandem brings for such samples
 * @param pipeline what happens to images before that net looks at them
 */
record Lens(Optional<Path> net, MetricPipeline pipeline) {

  private static final Shape DIGIT = Shape.of(28, 28, 1);
  private static final int SHOWN = 8;

  static Lens of(MetricSettings settings) {
    return new Lens(settings.extractor().map(Path::of), settings.pipeline());
  }

  /** The extractor for samples of a shape, which are images. */
  FeatureExtractor open(Shape sample) {
    if (net.isPresent()) {
      return FeatureExtractor.onnx(
          net.get(),
          switch (pipeline) {
            case PYTORCH_FID -> ImagePipeline.pytorchFid();
            case CLEAN_FID -> ImagePipeline.cleanFid();
            case PLAIN -> ImagePipeline.plain();
          });
    }
    return sample.equals(DIGIT) ? FeatureExtractor.mnist() : FeatureExtractor.random(sample);
  }

  /** The word for scores in a space, as {@code inception_v3_pytorch_fid_0a1b2c3d}. */
  String word(FeatureSpace space) {
    if (net.isEmpty()) {
      return space.name();
    }
    String file = String.valueOf(net.get().getFileName()).replaceFirst("\\.onnx$", "");
    return (file + "_" + pipeline + "_" + space.sha256().substring(0, SHOWN))
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^a-z0-9]+", "_");
  }
}
