package dev.tandem.examples.bench.systems;

import dev.tandem.examples.bench.measure.Task;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** The nets of two tasks in SameDiff's ops. */
enum SameDiffNets {
  /** Those of {@link Task#RING}. */
  RING {
    @Override
    SDVariable generator(SameDiffWeights weights, SameDiff sd, SDVariable noise) {
      SDVariable x = sd.nn().relu(weights.dense(sd, "g1", noise, 2, 128), 0);
      x = sd.nn().relu(weights.dense(sd, "g2", x, 128, 128), 0);
      return weights.dense(sd, "g3", x, 128, 2);
    }

    @Override
    SDVariable discriminator(SameDiffWeights weights, SameDiff sd, SDVariable x) {
      SDVariable y = sd.nn().leakyRelu(weights.dense(sd, "d1", x, 2, 128), SLOPE);
      y = sd.nn().leakyRelu(weights.dense(sd, "d2", y, 128, 128), SLOPE);
      return weights.dense(sd, "d3", y, 128, 1);
    }
  },

  /** Those of {@link Task#DCGAN28}. */
  DCGAN28 {
    @Override
    SDVariable generator(SameDiffWeights weights, SameDiff sd, SDVariable noise) {
      SDVariable x = weights.dense(sd, "g1", noise, 100, 7 * 7 * 128);
      x = sd.nn().leakyRelu(weights.norm(sd, "n1", x.reshape(-1, 7, 7, 128), 128), SLOPE);
      x = weights.deconv(sd, "g2", x, 128, 128);
      x = sd.nn().leakyRelu(weights.norm(sd, "n2", x, 128), SLOPE);
      x = weights.deconv(sd, "g3", x, 128, 64);
      x = sd.nn().leakyRelu(weights.norm(sd, "n3", x, 64), SLOPE);
      return sd.math().tanh(weights.conv(sd, "g4", x, 64, 1, 7, 1));
    }

    @Override
    SDVariable discriminator(SameDiffWeights weights, SameDiff sd, SDVariable x) {
      SDVariable y = sd.nn().leakyRelu(weights.conv(sd, "d1", x, 1, 64, 4, 2), SLOPE);
      y = sd.nn().leakyRelu(weights.conv(sd, "d2", y, 64, 128, 4, 2), SLOPE);
      return weights.dense(sd, "d3", y.reshape(-1, 7 * 7 * 128), 7 * 7 * 128, 1);
    }
  };

  private static final double SLOPE = 0.2;

  /** Samples from noise. */
  abstract SDVariable generator(SameDiffWeights weights, SameDiff sd, SDVariable noise);

  /** Logits for samples. */
  abstract SDVariable discriminator(SameDiffWeights weights, SameDiff sd, SDVariable x);
}
