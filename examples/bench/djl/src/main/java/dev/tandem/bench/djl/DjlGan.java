package dev.tandem.bench.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.loss.SigmoidBinaryCrossEntropyLoss;
import dev.tandem.examples.bench.measure.BenchData;
import dev.tandem.examples.bench.measure.GanWorkload;
import java.util.List;

/** The GAN on the ring: a trainer for each net. */
final class DjlGan implements GanWorkload {

  private static final int BATCH = 256;
  private static final int LATENT = 2;

  private final NDManager manager = NDManager.newBaseManager();
  private final Loss crossEntropy = new SigmoidBinaryCrossEntropyLoss();
  private final Block generator = DjlNets.ringGenerator();
  private final Block discriminator = DjlNets.ringDiscriminator();
  private final Trainer ofGenerator;
  private final Trainer ofDiscriminator;
  private final List<NDArray> real;
  private final NDArray ones = manager.ones(new Shape(BATCH, 1));
  private final NDArray zeros = manager.zeros(new Shape(BATCH, 1));

  DjlGan() {
    Shape noise = new Shape(BATCH, LATENT);
    Shape points = new Shape(BATCH, 2);
    ofGenerator = Training.of("g", generator, crossEntropy, noise, 1e-3, 0.5, 0.999);
    ofDiscriminator = Training.of("d", discriminator, crossEntropy, points, 1e-3, 0.5, 0.999);
    real = Training.arrays(manager, BenchData.ring(BATCH), points);
  }

  @Override
  public double discriminatorStep(int number) {
    try (NDManager step = manager.newSubManager()) {
      NDArray batch = real.get(number % real.size());
      batch.tempAttach(step);
      ones.tempAttach(step);
      zeros.tempAttach(step);
      // Outside a gradient collector the engine records nothing.
      NDArray fake = ofGenerator.forward(new NDList(noise(step))).singletonOrThrow();
      NDArray value;
      try (GradientCollector gradients = ofDiscriminator.newGradientCollector()) {
        value = loss(ones, batch).add(loss(zeros, fake));
        gradients.backward(value);
      }
      ofDiscriminator.step();
      return value.getFloat();
    }
  }

  @Override
  public double generatorStep(int number) {
    try (NDManager step = manager.newSubManager()) {
      ones.tempAttach(step);
      discriminator.freezeParameters(true);
      NDArray value;
      try (GradientCollector gradients = ofGenerator.newGradientCollector()) {
        value = loss(ones, ofGenerator.forward(new NDList(noise(step))).singletonOrThrow());
        gradients.backward(value);
      }
      ofGenerator.step();
      discriminator.freezeParameters(false);
      return value.getFloat();
    }
  }

  private NDArray noise(NDManager step) {
    return step.randomNormal(new Shape(BATCH, LATENT));
  }

  private NDArray loss(NDArray wanted, NDArray samples) {
    NDList judged = ofDiscriminator.forward(new NDList(samples));
    return crossEntropy.evaluate(new NDList(wanted), judged);
  }

  @Override
  public float[] discriminatorParameters() {
    return Training.values(discriminator);
  }

  @Override
  public float[] generatorParameters() {
    return Training.values(generator);
  }

  @Override
  public void close() {
    // The process ends with the measurement.
  }
}
