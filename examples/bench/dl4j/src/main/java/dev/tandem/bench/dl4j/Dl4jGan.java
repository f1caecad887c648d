package dev.tandem.bench.dl4j;

import dev.tandem.examples.bench.measure.GanWorkload;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;

/**
 * A GAN as DL4J's users write it: the discriminator is fitted once on real and fake samples
 * together, and its parameters are copied into the graph of both after each fit, the generator's
 * out of it.
 */
final class Dl4jGan implements GanWorkload {

  private final ComputationGraph generator;
  private final ComputationGraph discriminator;
  private final ComputationGraph gan;
  private final INDArray[] real;
  private final INDArray realThenFake;
  private final INDArray ones;
  private final INDArray generatorInGan;
  private final INDArray discriminatorInGan;
  private final long batch;
  private final long latent;

  Dl4jGan(Nets nets, INDArray[] real, long latent, Adam adam) {
    this.real = real;
    this.latent = latent;
    batch = real[0].size(0);
    Graphs graphs = new Graphs(adam);
    generator = graphs.generator(nets.generator());
    discriminator = graphs.discriminator(nets.discriminator());
    gan = graphs.gan(nets.generator(), nets.discriminator());
    ones = Nd4j.ones(DataType.FLOAT, batch, 1);
    realThenFake = Nd4j.vstack(ones, Nd4j.zeros(DataType.FLOAT, batch, 1));

    long ofGenerator = generator.numParams();
    long all = ofGenerator + discriminator.numParams();
    INDArray flat = gan.params().reshape(all);
    generatorInGan = flat.get(NDArrayIndex.interval(0, ofGenerator));
    discriminatorInGan = flat.get(NDArrayIndex.interval(ofGenerator, all));
    copyGeneratorOut();
    copyDiscriminatorIn();
    requireCopied("a", generator, nets.generator().links().size());
    requireCopied("b", discriminator, nets.discriminator().links().size());
  }

  /** The flat copies must have put every layer's parameters where they belong. */
  private void requireCopied(String prefix, ComputationGraph graph, int layers) {
    for (int i = 0; i < layers; i++) {
      String name = prefix + i;
      if (graph.getLayer(name).numParams() > 0
          && !gan.getLayer(name).params().equals(graph.getLayer(name).params())) {
        throw new IllegalStateException("layer " + name + " was not copied to its place");
      }
    }
  }

  private void copyGeneratorOut() {
    generator.params().reshape(generator.numParams()).assign(generatorInGan);
  }

  private void copyDiscriminatorIn() {
    discriminatorInGan.assign(discriminator.params().reshape(discriminator.numParams()));
  }

  @Override
  public double discriminatorStep(int number) {
    INDArray fake = generator.output(true, noise())[0];
    INDArray samples = Nd4j.concat(0, real[number % real.length], fake);
    discriminator.fit(new INDArray[] {samples}, new INDArray[] {realThenFake});
    copyDiscriminatorIn();
    // Its loss is the mean over both halves; elsewhere it is the sum of two means.
    return 2 * discriminator.score();
  }

  @Override
  public double generatorStep(int number) {
    gan.fit(new INDArray[] {noise()}, new INDArray[] {ones});
    copyGeneratorOut();
    return gan.score();
  }

  private INDArray noise() {
    return Nd4j.randn(DataType.FLOAT, batch, latent);
  }

  @Override
  public float[] discriminatorParameters() {
    return discriminatorInGan.dup().toFloatVector();
  }

  @Override
  public float[] generatorParameters() {
    return generatorInGan.dup().toFloatVector();
  }

  @Override
  public void close() {
    // The process ends with the measurement.
  }
}
