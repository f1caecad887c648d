package dev.tandem.examples.gallery;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.data.LabeledImages;
import dev.tandem.core.data.Mnist;
import dev.tandem.core.data.PixelRange;
import dev.tandem.gan.image.ImageGrid;
import dev.tandem.gan.train.AdversarialTrainer;
import java.awt.image.BufferedImage;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** MNIST as the examples read it, and pictures of digits that were made. */
final class Digits {

  private static final long SEED = 64;
  private static final int ROWS = 8;
  private static final int COLUMNS = 8;
  private static final int CLASSES = 10;
  private static final int ZOOM = 2;

  private Digits() {}

  /** 60,000 images (28, 28, 1) in [−1, 1]. */
  static Dataset images() {
    return Dataset.builder().input("images", train().images()).build();
  }

  /** The same with their labels. */
  static Dataset labeled() {
    LabeledImages train = train();
    return Dataset.builder()
        .input("images", train.images())
        .target("labels", train.labels())
        .build();
  }

  private static LabeledImages train() {
    return Mnist.fromClassPath(PixelRange.MINUS_ONE_TO_ONE).train();
  }

  /** Eight rows of eight. */
  static BufferedImage picture(AdversarialTrainer trainer) {
    try (INDArray made = trainer.sample(ROWS * COLUMNS, SEED)) {
      return ImageGrid.ofColumns(COLUMNS).withZoom(ZOOM).draw(made);
    }
  }

  /** A column for each of ten classes or codes. */
  static BufferedImage byClass(AdversarialTrainer trainer) {
    int[] classes = IntStream.range(0, ROWS * CLASSES).map(i -> i % CLASSES).toArray();
    try (INDArray labels = Nd4j.createFromArray(classes);
        INDArray made = trainer.sample(labels, SEED)) {
      return ImageGrid.ofColumns(CLASSES).withZoom(ZOOM).draw(made);
    }
  }
}
