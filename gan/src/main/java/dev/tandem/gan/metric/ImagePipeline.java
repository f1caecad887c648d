package dev.tandem.gan.metric;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Doubles;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What happens to images before a net of others looks at them. Scores compare only where it was the
 * same, so it is part of what {@link FeatureSpace} prints.
 *
 * @param resizing to the net's height and width; none if images have that size
 * @param levels whether images are rounded to 256 levels first, as files of pictures are
 * @param low what black becomes
 * @param high what white becomes
 * @param mean subtracted from each channel then, if there are any
 * @param deviation by which each channel is divided then, as many as means
 * @param order of the net's axes, if the shape of its input does not tell
 */
public record ImagePipeline(
    Optional<Resizing> resizing,
    boolean levels,
    double low,
    double high,
    ImmutableList<Double> mean,
    ImmutableList<Double> deviation,
    Optional<Order> order) {

  private static final float WHITE = 127.5f;

  /** The order of a net's axes. */
  public enum Order {
    /** (batch, channels, height, width), as in PyTorch. */
    CHANNELS_FIRST,
    /** (batch, height, width, channels), as here. */
    CHANNELS_LAST
  }

  /** Checks that means and deviations belong together. */
  public ImagePipeline {
    if (mean.size() != deviation.size() || deviation.stream().anyMatch(each -> !(each > 0))) {
      throw new IllegalArgumentException(
          "there are not as many deviations above 0 as means: " + mean + ", " + deviation);
    }
    if (!Double.isFinite(low) || !Double.isFinite(high) || low >= high) {
      throw new IllegalArgumentException(
          "range of images is not from a number to a larger one: " + low + ", " + high);
    }
  }

  /** Images as they are, black −1 and white 1, and of the net's size. */
  public static ImagePipeline plain() {
    return new ImagePipeline(
        Optional.empty(), false, -1, 1, ImmutableList.of(), ImmutableList.of(), Optional.empty());
  }

  /**
   * That of pytorch-fid (Seitzer, 2020) around its Inception-v3: 256 levels, black 0 and white 1,
   * {@link Resizing#BILINEAR} to 299 × 299.
   */
  public static ImagePipeline pytorchFid() {
    return plain().rounded().range(0, 1).resized(Resizing.BILINEAR);
  }

  /**
   * That of clean-fid (Parmar, Zhang, Zhu, 2022, arXiv:2104.11222): 256 levels, black 0 and white
   * 255, {@link Resizing#ANTIALIASED_BICUBIC}.
   */
  public static ImagePipeline cleanFid() {
    return plain().rounded().range(0, 255).resized(Resizing.ANTIALIASED_BICUBIC);
  }

  /** The same with another way to the net's size. */
  public ImagePipeline resized(Resizing way) {
    return new ImagePipeline(Optional.of(way), levels, low, high, mean, deviation, order);
  }

  /** The same, rounded to 256 levels first. */
  public ImagePipeline rounded() {
    return new ImagePipeline(resizing, true, low, high, mean, deviation, order);
  }

  /** The same with other numbers for black and white. */
  public ImagePipeline range(double black, double white) {
    return new ImagePipeline(resizing, levels, black, white, mean, deviation, order);
  }

  /** The same with channels less their mean, by their deviation, after {@link #range}. */
  public ImagePipeline standardized(double[] means, double[] deviations) {
    return new ImagePipeline(
        resizing,
        levels,
        low,
        high,
        ImmutableList.copyOf(Doubles.asList(means)),
        ImmutableList.copyOf(Doubles.asList(deviations)),
        order);
  }

  /** The same for a net with axes in an order. */
  public ImagePipeline ordered(Order axes) {
    return new ImagePipeline(resizing, levels, low, high, mean, deviation, Optional.of(axes));
  }

  /**
   * Images as a net takes them.
   *
   * @param images (n, height, width, channels) in [−1, 1]
   * @param to the net's input
   */
  float[] apply(float[] images, int n, NetInput from, NetInput to) {
    float[] x = from.channels() == to.channels() ? images.clone() : gray(images, to.channels());
    if (levels) {
      for (int i = 0; i < x.length; i++) {
        x[i] = Math.round((Math.max(-1, Math.min(1, x[i])) + 1) * WHITE) / WHITE - 1;
      }
    }
    if (from.height() != to.height() || from.width() != to.width()) {
      x =
          resizing
              .orElseThrow()
              .apply(x, n, from.height(), from.width(), to.channels(), to.height(), to.width());
    }
    double half = (high - low) / 2;
    double middle = (high + low) / 2;
    for (int i = 0; i < x.length; i++) {
      double value = x[i] * half + middle;
      int channel = i % to.channels();
      x[i] =
          (float) (mean.isEmpty() ? value : (value - mean.get(channel)) / deviation.get(channel));
    }
    return to.first() ? channelsFirst(x, n, to) : x;
  }

  private static float[] gray(float[] images, int channels) {
    float[] all = new float[images.length * channels];
    for (int i = 0; i < images.length; i++) {
      Arrays.fill(all, i * channels, (i + 1) * channels, images[i]);
    }
    return all;
  }

  private static float[] channelsFirst(float[] x, int n, NetInput to) {
    float[] turned = new float[x.length];
    int places = to.height() * to.width();
    for (int image = 0; image < n; image++) {
      for (int place = 0; place < places; place++) {
        for (int channel = 0; channel < to.channels(); channel++) {
          turned[(image * to.channels() + channel) * places + place] =
              x[(image * places + place) * to.channels() + channel];
        }
      }
    }
    return turned;
  }

  /** As in {@code rounded, bilinear, [0, 1]}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    if (levels) {
      text.append("rounded, ");
    }
    resizing.ifPresent(
        way -> text.append(way.name().toLowerCase(Locale.ROOT).replace('_', ' ')).append(", "));
    text.append('[').append(number(low)).append(", ").append(number(high)).append(']');
    if (!mean.isEmpty()) {
      text.append(", mean ").append(mean).append(", deviation ").append(deviation);
    }
    return text.toString();
  }

  private static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
