package dev.tandem.gan.metric;

import com.google.common.primitives.ImmutableDoubleArray;
import dev.tandem.core.tensor.Shape;
import dev.tandem.gan.data.StackedMnist;
import dev.tandem.gan.metric.Score.Sampling;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Modes of stacked MNIST (Unrolled GAN, arXiv 1611.02163; PacGAN, arXiv 1712.04086): a classifier
 * names the digit of each channel, the three digits name one of 1,000 modes, and a mode with at
 * least one sample is captured. The reverse KL divergence is that from equal shares.
 *
 * <p>Both numbers mean nothing without N: MNIST itself diverges by .024 from equal shares with
 * 26,000 samples, and by .055 with 10,000. That is the floor, computed from the digits'
 * frequencies.
 */
public final class StackedModes {

  private static final String NAME = "stacked MNIST";
  private static final int CHANNELS = 3;
  private static final int DIGITS = 10;

  private final FeatureExtractor classifier;
  private final StackedMnist data;

  private StackedModes(FeatureExtractor classifier, StackedMnist data) {
    this.classifier = classifier;
    this.data = data;
  }

  /**
   * Counts modes with a classifier.
   *
   * @param classifier of single digits, with ten logits; it stays open
   * @param data whose frequencies the floor follows from
   */
  public static StackedModes of(FeatureExtractor classifier, StackedMnist data) {
    return new StackedModes(classifier, data);
  }

  /**
   * Measures generated images.
   *
   * @param images {@code (n, height, width, 3)}, in the classifier's type and range, at least 1,000
   * @param seed of the images; the bootstrap follows from it
   * @throws IllegalArgumentException if the shape is another, there are too few, or the extractor
   *     is no classifier of ten digits
   */
  public ModeReport measure(INDArray images, long seed) {
    int count = Math.toIntExact(images.size(0));
    SampleSize.require(NAME, data.classes(), "one in each of 1000 modes", "generated", count);
    long[] counts = new long[data.classes()];
    for (int mode : modes(images)) {
      counts[mode]++;
    }
    double[] equal = new double[data.classes()];
    Arrays.fill(equal, 1.0 / equal.length);
    return new ModeCounts(
            counts, count, data.probabilities(), 1, ImmutableDoubleArray.copyOf(equal))
        .report(data.name(), new Sampling(count, 0, seed, classifier.space()));
  }

  /**
   * The mode of each image, from 0 to 999.
   *
   * @param images {@code (n, height, width, 3)}, in the classifier's type and range
   * @throws IllegalArgumentException if the shape is another, or the extractor is no classifier of
   *     ten digits
   */
  public int[] modes(INDArray images) {
    if (images.rank() != 4 || images.size(3) != CHANNELS) {
      throw new IllegalArgumentException(
          NAME + " images are (n, height, width, 3), got " + Shape.of(images.shape()));
    }
    int[] modes = new int[Math.toIntExact(images.size(0))];
    for (int channel = 0; channel < CHANNELS; channel++) {
      INDArray digits =
          images.get(
              NDArrayIndex.all(),
              NDArrayIndex.all(),
              NDArrayIndex.all(),
              NDArrayIndex.interval(channel, channel + 1));
      double[] logits = Matrices.values(logits(classifier.extract(digits.dup('c'))));
      for (int i = 0; i < modes.length; i++) {
        modes[i] = DIGITS * modes[i] + largest(logits, i * DIGITS);
      }
    }
    return modes;
  }

  private INDArray logits(Features features) {
    Optional<INDArray> logits = features.logits();
    if (logits.isEmpty() || logits.get().size(1) != DIGITS) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s needs a classifier with 10 logits, but %s has %s; use FeatureExtractor.mnist()",
              NAME,
              classifier.space(),
              logits.map(INDArray::columns).orElse(0)));
    }
    return logits.get();
  }

  private static int largest(double[] logits, int from) {
    int largest = 0;
    for (int digit = 1; digit < DIGITS; digit++) {
      largest = logits[from + digit] > logits[from + largest] ? digit : largest;
    }
    return largest;
  }
}
