package dev.tandem.gan.data;

import com.google.common.primitives.ImmutableDoubleArray;
import dev.tandem.core.data.LabeledImages;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.tensor.Shape;
import java.nio.FloatBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Three digits, one in each of three channels, sampled independently and with replacement: a data
 * set of 1,000 modes (Unrolled GAN, arXiv 1611.02163; VEEGAN, arXiv 1705.07761). The class of an
 * example is the number that its digits spell: {@code 100 · first + 10 · second + third}.
 *
 * <p>Triples are sampled anew for every step, where some programs sample 128,000 of them once.
 */
public final class StackedMnist implements LabeledSource {

  private static final int CHANNELS = 3;
  private static final int DIGITS = 10;

  private final FloatBuffer pixels;
  // Kept, since an array's memory is freed with it.
  private final INDArray images;
  private final int[] digits;
  private final Shape example;

  private StackedMnist(INDArray images, int[] digits) {
    this.images = images;
    this.pixels = FloatMemory.read(images);
    this.digits = digits;
    this.example = Shape.of(images.size(1), images.size(2), CHANNELS);
  }

  /**
   * Stacks of labeled images, as {@code Mnist.train()} has them; the range of pixels stays as it
   * is.
   *
   * @param digits float32 images with one channel, labels from 0 to 9
   * @throws IllegalArgumentException if there is no image, more than one channel, or another label
   */
  public static StackedMnist of(LabeledImages digits) {
    INDArray images = digits.images();
    if (images.size(3) != 1 || digits.size() == 0 || images.dataType() != DataType.FLOAT) {
      throw new IllegalArgumentException(
          "stacked MNIST needs float32 images (n, height, width, 1), at least one, got "
              + images.dataType()
              + " "
              + Shape.of(images.shape()));
    }
    int[] labels = digits.labels().toIntVector();
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= DIGITS) {
        throw new IllegalArgumentException(
            "label of image " + i + " is not in [0, " + DIGITS + "): " + labels[i]);
      }
    }
    boolean plain = images.ordering() == 'c' && !images.isView();
    return new StackedMnist(plain ? images : images.dup('c'), labels);
  }

  @Override
  public String name() {
    return "stacked-mnist";
  }

  @Override
  public Shape example() {
    return example;
  }

  @Override
  public int classes() {
    return DIGITS * DIGITS * DIGITS;
  }

  /** The probability of each class under the digits' own frequencies, which are not quite equal. */
  public ImmutableDoubleArray probabilities() {
    double[] frequency = new double[DIGITS];
    for (int digit : digits) {
      frequency[digit] += 1.0 / digits.length;
    }
    double[] all = new double[classes()];
    for (int i = 0; i < all.length; i++) {
      all[i] = frequency[i / 100] * frequency[i / 10 % DIGITS] * frequency[i % DIGITS];
    }
    return ImmutableDoubleArray.copyOf(all);
  }

  @Override
  public void fill(long seed, long step, INDArray batch) {
    FloatBuffer values = FloatMemory.overwrite(batch, this);
    CounterRandom choice = CounterRandom.of(seed, step);
    int area = Math.toIntExact(images.size(1) * images.size(2));
    for (int stacked = 0; stacked < batch.size(0) * CHANNELS; stacked++) {
      int from = image(choice, stacked) * area;
      int to = stacked / CHANNELS * area * CHANNELS + stacked % CHANNELS;
      for (int pixel = 0; pixel < area; pixel++) {
        values.put(to + pixel * CHANNELS, pixels.get(from + pixel));
      }
    }
  }

  @Override
  public void fillLabels(long seed, long step, int[] labels) {
    CounterRandom choice = CounterRandom.of(seed, step);
    for (int row = 0; row < labels.length; row++) {
      int number = 0;
      for (int channel = 0; channel < CHANNELS; channel++) {
        number = DIGITS * number + digits[image(choice, row * CHANNELS + channel)];
      }
      labels[row] = number;
    }
  }

  private int image(CounterRandom choice, int stacked) {
    return (int) (choice.uniform(stacked) * digits.length);
  }
}
