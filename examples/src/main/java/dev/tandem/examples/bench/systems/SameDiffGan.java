package dev.tandem.examples.bench.systems;

import com.google.common.primitives.Floats;
import dev.tandem.examples.bench.measure.GanWorkload;
import dev.tandem.examples.bench.measure.Task;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A GAN in plain SameDiff: one graph for each side's loss over the same arrays, {@code
 * calculateGradients} for the weights that the side moves, ND4J's updaters. Fakes go from one graph
 * to the other by hand.
 */
final class SameDiffGan implements GanWorkload {

  private final GanTask task;
  private final SameDiffNets nets;
  private final SameDiffWeights generator = new SameDiffWeights(new LinkedHashMap<>());
  private final SameDiffWeights discriminator = new SameDiffWeights(new LinkedHashMap<>());
  private final SameDiff generatorGraph = SameDiff.create();
  private final SameDiff discriminatorGraph = SameDiff.create();
  private final SameDiffUpdates generatorUpdates;
  private final SameDiffUpdates discriminatorUpdates;

  SameDiffGan(GanTask task, SameDiffNets nets) {
    this.task = task;
    this.nets = nets;
    drawGeneratorStep(generatorGraph);
    drawDiscriminatorStep(discriminatorGraph);
    generatorUpdates = updates(generator);
    discriminatorUpdates = updates(discriminator);
  }

  /** The GAN of {@link Task#RING} or {@link Task#DCGAN28}. */
  static SameDiffGan of(Task task) {
    SameDiffNets nets = task == Task.RING ? SameDiffNets.RING : SameDiffNets.DCGAN28;
    return new SameDiffGan(GanTask.of(task), nets);
  }

  private void drawGeneratorStep(SameDiff sd) {
    SDVariable noise = sd.placeHolder("noise", DataType.FLOAT, task.batch(), task.latent());
    SDVariable fake = nets.generator(generator, sd, noise).rename("fake");
    SDVariable judged = nets.discriminator(discriminator, sd, fake);
    sd.nn().softplus(judged.neg()).mean("loss");
    sd.setLossVariables("loss");
    Quiet.differentiate(sd);
  }

  private void drawDiscriminatorStep(SameDiff sd) {
    long[] shape = task.real().get(0).shape();
    SDVariable real = sd.placeHolder("real", DataType.FLOAT, shape);
    SDVariable fake = sd.placeHolder("fake", DataType.FLOAT, shape);
    SDVariable onReal = sd.nn().softplus(nets.discriminator(discriminator, sd, real).neg()).mean();
    SDVariable onFake = sd.nn().softplus(nets.discriminator(discriminator, sd, fake)).mean();
    onReal.add("loss", onFake);
    sd.setLossVariables("loss");
    Quiet.differentiate(sd);
  }

  private SameDiffUpdates updates(SameDiffWeights weights) {
    double rate = task.adam().rate().at(0);
    return new SameDiffUpdates(weights.arrays(), rate, task.adam().beta1(), task.adam().beta2());
  }

  @Override
  public double discriminatorStep(int number) {
    INDArray real = task.real().get(number % task.real().size());
    INDArray fake = generatorGraph.outputSingle(Map.of("noise", noise()), "fake");
    return step(discriminatorGraph, Map.of("real", real, "fake", fake), discriminatorUpdates);
  }

  @Override
  public double generatorStep(int number) {
    return step(generatorGraph, Map.of("noise", noise()), generatorUpdates);
  }

  private INDArray noise() {
    return Nd4j.randn(DataType.FLOAT, task.batch(), task.latent());
  }

  private static double step(SameDiff sd, Map<String, INDArray> feeds, SameDiffUpdates updates) {
    var result = sd.calculateGradientsAndOutputs(feeds, List.of("loss"), List.of(updates.names()));
    updates.apply(result.getGradients());
    return Objects.requireNonNull(result.getOutputs().get("loss")).getDouble(0);
  }

  @Override
  public float[] discriminatorParameters() {
    return parameters(discriminator);
  }

  @Override
  public float[] generatorParameters() {
    return parameters(generator);
  }

  private static float[] parameters(SameDiffWeights weights) {
    return Floats.concat(
        weights.arrays().values().stream()
            .map(array -> array.dup('c').data().asFloat())
            .toArray(float[][]::new));
  }

  @Override
  public void close() {}
}
