package dev.tandem.examples.mnist;

import static dev.tandem.core.loss.Losses.binaryCrossentropy;

import dev.tandem.core.loss.Loss;
import dev.tandem.core.op.Engine;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.train.Examples;
import dev.tandem.core.train.Predictor;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Trains a generator against a discriminator, alternately. */
final class DcganTraining implements AutoCloseable {

  /** What the losses of one alternation were. */
  record Result(double discriminator, double generator) {}

  /** The generator is slower to learn, so it takes longer steps. */
  private static final Adam OF_GENERATOR = Adam.rate(1e-3).beta1(0.5);

  private static final Adam OF_DISCRIMINATOR = Adam.rate(5e-4).beta1(0.5);
  private static final Loss LOSS = binaryCrossentropy().fromLogits();

  /** Real images are not quite certain to be real (Salimans et al., 2016, arXiv:1606.03498). */
  private static final double REAL = 0.9;

  private final Trainer discriminator;
  private final Trainer generator;
  private final Predictor imagesOf;
  private final NoiseSource noise;
  private final INDArray sayReal;
  private final INDArray sayFake;
  private final INDArray wantReal;

  DcganTraining(Dcgan nets, int batch, long seed, Engine engine) {
    discriminator =
        nets.discriminator()
            .compile(Training.with(OF_DISCRIMINATOR).loss(LOSS).engine(engine).seed(seed));
    nets.discriminator().setTrainable(false); // inside gan; the trainer above goes on
    generator =
        nets.gan().compile(Training.with(OF_GENERATOR).loss(LOSS).engine(engine).seed(seed));

    imagesOf = Predictor.of(nets.generator(), engine);
    noise = new NoiseSource(seed, batch, Dcgan.LATENT);
    sayReal = Nd4j.valueArrayOf(new long[] {batch, 1}, REAL, DataType.FLOAT);
    sayFake = Nd4j.zeros(DataType.FLOAT, batch, 1);
    wantReal = Nd4j.ones(DataType.FLOAT, batch, 1);
  }

  /** One step of the discriminator on real images and fake ones, then one of the generator. */
  Result step(INDArray images) {
    try (INDArray fakes = imagesOf.predict(noise.next())) {
      double onReal = discriminator.gradients(Examples.of(images, sayReal)).loss();
      double onFake = discriminator.gradients(Examples.of(fakes, sayFake)).loss();
      discriminator.update();
      double fooling = generator.trainOnBatch(noise.next(), wantReal).loss();
      return new Result((onReal + onFake) / 2, fooling);
    }
  }

  /** Images for noise. */
  INDArray sample(INDArray latent) {
    return imagesOf.predict(latent);
  }

  @Override
  public void close() {
    discriminator.close();
    generator.close();
    imagesOf.close();
  }
}
