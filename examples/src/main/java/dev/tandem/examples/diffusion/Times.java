package dev.tandem.examples.diffusion;

import dev.tandem.core.op.random.CounterRandom;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Times in [0, 1], one for each image of a batch: at 0 an image is nearly clean and at 1 nearly
 * noise. Image and noise are mixed by cosine and sine of an angle that grows with time (Nichol,
 * Dhariwal, 2021, arXiv:2102.09672), so that variances sum to 1.
 */
final class Times {

  static final String SIGNAL = "signal";
  static final String NOISE = "noise";
  static final String TIME = "time";

  /** The numbers that tell the U-Net a time. */
  static final int FEATURES = 32;

  private static final double CLEANEST = Math.acos(0.98);
  private static final double NOISIEST = Math.acos(0.02);
  private static final double FASTEST = 100;

  private final double[] times;

  private Times(double[] times) {
    this.times = times;
  }

  /** Uniform times, spread over the batch: one in each of as many equal parts of [0, 1]. */
  static Times random(long seed, long step, int batch) {
    CounterRandom random = CounterRandom.of(seed, step);
    double[] times = new double[batch];
    Arrays.setAll(times, i -> (i + random.uniform(i)) / batch);
    return new Times(times);
  }

  /** One time for all. */
  static Times all(double time, int batch) {
    double[] times = new double[batch];
    Arrays.fill(times, time);
    return new Times(times);
  }

  /** The part of the image in the mixture. */
  static double signal(double time) {
    return Math.cos(CLEANEST + time * (NOISIEST - CLEANEST));
  }

  /** The part of the noise. */
  static double noise(double time) {
    return Math.sin(CLEANEST + time * (NOISIEST - CLEANEST));
  }

  /** Sines and cosines of the times, slow ones and fast ones: (batch, 32). */
  INDArray features() {
    float[][] features = new float[times.length][FEATURES];
    for (int i = 0; i < times.length; i++) {
      for (int k = 0; k < FEATURES / 2; k++) {
        double speed = Math.pow(FASTEST, 2.0 * k / (FEATURES - 2));
        features[i][k] = (float) Math.sin(speed * times[i]);
        features[i][k + FEATURES / 2] = (float) Math.cos(speed * times[i]);
      }
    }
    return Nd4j.createFromArray(features);
  }

  /**
   * What the training model is fed.
   *
   * @param images as many as there are times
   */
  Map<String, INDArray> with(INDArray images) {
    float[] signal = new float[times.length];
    float[] noise = new float[times.length];
    for (int i = 0; i < times.length; i++) {
      signal[i] = (float) signal(times[i]);
      noise[i] = (float) noise(times[i]);
    }
    Map<String, INDArray> inputs = new LinkedHashMap<>();
    inputs.put(Denoiser.IMAGE, images);
    inputs.put(SIGNAL, Nd4j.createFromArray(signal).reshape(times.length, 1, 1, 1));
    inputs.put(NOISE, Nd4j.createFromArray(noise).reshape(times.length, 1, 1, 1));
    inputs.put(TIME, features());
    return inputs;
  }
}
