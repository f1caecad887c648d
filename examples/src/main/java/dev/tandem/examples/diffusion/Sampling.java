package dev.tandem.examples.diffusion;

import dev.tandem.core.model.Model;
import dev.tandem.core.op.Engine;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.train.Predictor;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * From noise to images in equal steps of time, without new noise on the way (DDIM, Song et al.,
 * 2020, arXiv:2010.02502).
 *
 * @param steps calls of the U-Net
 */
record Sampling(int steps) {

  /**
   * Draws images.
   *
   * @param unet of {@link Denoiser}, or an average of it
   * @param count how many
   * @param seed of the noise
   * @param seen is given what the image is guessed to be at each step
   * @return (count, 28, 28, 1) in [−1, 1]
   */
  INDArray draw(Model unet, int count, long seed, Engine engine, Consumer<INDArray> seen) {
    INDArray mixture = Nd4j.createUninitialized(DataType.FLOAT, new long[] {count, 28, 28, 1}, 'c');
    CounterRandom.of(seed).normal(mixture);
    INDArray image = mixture;
    // region sampling
    try (Predictor predictor = Predictor.of(unet, engine)) {
      for (int step = 0; step < steps; step++) {
        double now = 1 - (double) step / steps;
        double next = 1 - (step + 1.0) / steps;
        INDArray v = v(predictor, mixture, Times.all(now, count));
        INDArray noise = mixture.mul(Times.noise(now)).addi(v.mul(Times.signal(now)));
        INDArray clean = mixture.mul(Times.signal(now)).subi(v.muli(Times.noise(now)));
        image = Transforms.max(Transforms.min(clean, 1, false), -1, false);
        mixture = image.mul(Times.signal(next)).addi(noise.muli(Times.noise(next)));
        seen.accept(image);
      }
    }
    // endregion
    return image;
  }

  /** Draws images whose beginnings nobody looks at. */
  INDArray draw(Model unet, int count, long seed, Engine engine) {
    return draw(unet, count, seed, engine, image -> {});
  }

  private static INDArray v(Predictor predictor, INDArray mixture, Times times) {
    Map<String, INDArray> found =
        predictor.predict(Map.of(Denoiser.MIXTURE, mixture, Times.TIME, times.features()));
    return Objects.requireNonNull(found.values().iterator().next());
  }

  /** Some of the moments of a row of images, as one batch: one after another for each image. */
  static INDArray rows(List<INDArray> moments, int images) {
    INDArray[] cells = new INDArray[moments.size() * images];
    for (int i = 0; i < images; i++) {
      for (int k = 0; k < moments.size(); k++) {
        cells[i * moments.size() + k] = moments.get(k).slice(i).reshape(1, 28, 28, 1);
      }
    }
    return Nd4j.concat(0, cells);
  }
}
