package dev.tandem.examples.bench.measure;

/** A workload whose step is one of the discriminator and then one of the generator. */
public interface GanWorkload extends Workload {

  /** The discriminator's step: its loss. */
  double discriminatorStep(int number);

  /** The generator's step: its loss. */
  double generatorStep(int number);

  /** All parameters of the discriminator, one behind the other. */
  float[] discriminatorParameters();

  /** All parameters of the generator, one behind the other. */
  float[] generatorParameters();

  @Override
  default double[] step(int number) {
    double discriminator = discriminatorStep(number);
    return new double[] {discriminator, generatorStep(number)};
  }
}
