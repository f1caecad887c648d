package dev.tandem.examples.bench.measure;

import java.util.Random;

/**
 * Eight batches of made-up data for each task, the same numbers in every system: {@link Random} of
 * a fixed seed, drawn in a fixed order.
 */
public final class BenchData {

  /** How many batches there are; step n takes batch n modulo this. */
  public static final int BATCHES = 8;

  private static final int CLASSES = 10;
  private static final int FEATURES = 784;
  private static final int MODES = 8;

  private BenchData() {}

  /**
   * Images in [-1, 1]: on each channel one round bright spot, its place and width drawn.
   *
   * @return a (batch, size, size, channels) array for each batch
   */
  public static float[][] images(int batch, int size, int channels) {
    Random random = new Random(42);
    float[][] batches = new float[BATCHES][batch * size * size * channels];
    for (float[] values : batches) {
      for (int image = 0; image < batch; image++) {
        for (int channel = 0; channel < channels; channel++) {
          double row = size * (0.3 + 0.4 * random.nextDouble());
          double column = size * (0.3 + 0.4 * random.nextDouble());
          double width = 2 + 3 * random.nextDouble();
          for (int pixel = 0; pixel < size * size; pixel++) {
            double down = pixel / size - row;
            double right = pixel % size - column;
            double light = Math.exp(-(down * down + right * right) / (2 * width * width));
            values[(image * size * size + pixel) * channels + channel] = (float) (2 * light - 1);
          }
        }
      }
    }
    return batches;
  }

  /**
   * The same images with the channels first.
   *
   * @param images (batch, pixels, channels) arrays
   * @return a (batch, channels, pixels) array for each batch
   */
  public static float[][] channelsFirst(float[][] images, int pixels, int channels) {
    float[][] turned = new float[images.length][];
    for (int k = 0; k < images.length; k++) {
      turned[k] = new float[images[k].length];
      for (int i = 0; i < images[k].length; i++) {
        int image = i / (pixels * channels);
        int pixel = i / channels % pixels;
        int channel = i % channels;
        turned[k][(image * channels + channel) * pixels + pixel] = images[k][i];
      }
    }
    return turned;
  }

  /**
   * Points around eight places on the unit circle, with deviation 0.02.
   *
   * @return a (batch, 2) array for each batch
   */
  public static float[][] ring(int batch) {
    Random random = new Random(43);
    float[][] batches = new float[BATCHES][batch * 2];
    for (float[] points : batches) {
      for (int i = 0; i < points.length; i += 2) {
        double angle = 2 * Math.PI * random.nextInt(MODES) / MODES;
        points[i] = (float) (Math.cos(angle) + 0.02 * random.nextGaussian());
        points[i + 1] = (float) (Math.sin(angle) + 0.02 * random.nextGaussian());
      }
    }
    return batches;
  }

  /** Rows of {@code features} around the prototype of each row's class. */
  public record Classified(float[] features, int[] labels) {}

  /**
   * Ten random prototypes of deviation 0.3, and rows with noise of deviation 1 around them.
   *
   * @return a (batch, 784) array and the classes for each batch
   */
  public static Classified[] classes(int batch) {
    Random random = new Random(44);
    float[][] prototypes = new float[CLASSES][FEATURES];
    for (float[] prototype : prototypes) {
      for (int i = 0; i < FEATURES; i++) {
        prototype[i] = (float) random.nextGaussian() * 0.3f;
      }
    }
    Classified[] batches = new Classified[BATCHES];
    for (int k = 0; k < BATCHES; k++) {
      batches[k] = new Classified(new float[batch * FEATURES], new int[batch]);
      for (int row = 0; row < batch; row++) {
        int label = random.nextInt(CLASSES);
        batches[k].labels()[row] = label;
        for (int i = 0; i < FEATURES; i++) {
          batches[k].features()[row * FEATURES + i] =
              prototypes[label][i] + (float) random.nextGaussian();
        }
      }
    }
    return batches;
  }

  /**
   * Ten random prototypes of deviation 0.3 for a step, and sequences with noise of deviation 1
   * around them.
   *
   * @return a (batch, steps, features) array and the classes for each batch
   */
  public static Classified[] sequences(int batch, int steps, int features) {
    Random random = new Random(45);
    float[] prototypes = new float[CLASSES * features];
    for (int i = 0; i < prototypes.length; i++) {
      prototypes[i] = (float) random.nextGaussian() * 0.3f;
    }
    Classified[] batches = new Classified[BATCHES];
    for (int k = 0; k < BATCHES; k++) {
      int row = steps * features;
      batches[k] = new Classified(new float[batch * row], new int[batch]);
      for (int sequence = 0; sequence < batch; sequence++) {
        int label = random.nextInt(CLASSES);
        batches[k].labels()[sequence] = label;
        for (int i = 0; i < row; i++) {
          batches[k].features()[sequence * row + i] =
              prototypes[label * features + i % features] + (float) random.nextGaussian();
        }
      }
    }
    return batches;
  }

  /**
   * Tokens of which each is one of eight that the token before it allows: (batch, length + 1), so
   * that the last {@code length} are what the first {@code length} are followed by.
   */
  public static int[][] tokens(int batch, int length, int vocabulary) {
    Random random = new Random(46);
    int[][] batches = new int[BATCHES][batch * (length + 1)];
    for (int[] tokens : batches) {
      for (int i = 0; i < tokens.length; i++) {
        boolean first = i % (length + 1) == 0;
        tokens[i] =
            first
                ? random.nextInt(vocabulary)
                : (tokens[i - 1] * 5 + random.nextInt(8)) % vocabulary;
      }
    }
    return batches;
  }

  /**
   * A part of each row of tokens.
   *
   * @param from 0 for what is read, 1 for what follows
   * @return (batch, length) tokens for each batch
   */
  public static int[][] part(int[][] tokens, int length, int from) {
    int[][] parts = new int[tokens.length][];
    for (int k = 0; k < tokens.length; k++) {
      int rows = tokens[k].length / (length + 1);
      parts[k] = new int[rows * length];
      for (int row = 0; row < rows; row++) {
        System.arraycopy(tokens[k], row * (length + 1) + from, parts[k], row * length, length);
      }
    }
    return parts;
  }

  /** Which of so many pairs count as of one kind: every other one, as 1. */
  public static float[] alike(int pairs) {
    float[] alike = new float[pairs];
    for (int i = 0; i < pairs; i += 2) {
      alike[i] = 1;
    }
    return alike;
  }

  /** Normal numbers, as many as a batch has, for each batch. */
  public static float[][] normal(int length) {
    Random random = new Random(47);
    float[][] batches = new float[BATCHES][length];
    for (float[] values : batches) {
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) random.nextGaussian();
      }
    }
    return batches;
  }
}
