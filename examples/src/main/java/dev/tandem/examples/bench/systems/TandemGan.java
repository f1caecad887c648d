package dev.tandem.examples.bench.systems;

import static dev.tandem.core.layer.Tensors.randomNormal;
import static dev.tandem.core.layer.Tensors.stopGradient;

import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.Floats;
import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Engine;
import dev.tandem.core.op.Precision;
import dev.tandem.core.train.Examples;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import dev.tandem.examples.bench.measure.GanWorkload;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A GAN as two models over the same two nets, each with a trainer of its own and noise drawn inside
 * the step.
 */
public final class TandemGan implements GanWorkload, TandemWorkload {

  private static final int SEED = 1;

  private final GanTask task;
  private final Trainer ofDiscriminator;
  private final Trainer ofGenerator;
  private final Examples rows;

  /** Compiles both steps. */
  public TandemGan(GanTask task, Engine engine) {
    this(task, engine, Precision.FLOAT32);
  }

  /** Compiles both steps in a precision. */
  TandemGan(GanTask task, Engine engine, Precision precision) {
    this.task = task;
    Training training =
        Training.with(task.adam())
            .loss(Losses.output())
            .engine(engine)
            .precision(precision)
            .heldUsesBatchStatistics();

    Input real = Input.of("real", task.sample());
    SymbolicTensor fake = task.generator().apply(randomNormal(real, task.latent()));
    SymbolicTensor loss =
        task.objective().ofDiscriminator(task.discriminator(), real, stopGradient(fake));
    ofDiscriminator =
        Model.of("discriminator_step", real, loss)
            .initialize(SEED)
            .compile(training.only(task.discriminator()).seed(SEED));

    Input row = Input.of("row", 1);
    SymbolicTensor made = task.generator().apply(randomNormal(row, task.latent()));
    SymbolicTensor judged = task.discriminator().apply(made);
    ofGenerator =
        Model.of("generator_step", row, task.objective().ofGenerator(judged))
            .compile(training.only(task.generator()).seed(SEED + 1));
    rows = Examples.of(Nd4j.zeros(DataType.FLOAT, task.batch(), 1));
  }

  @Override
  public double discriminatorStep(int number) {
    INDArray real = task.real().get(number % task.real().size());
    return ofDiscriminator.trainOnBatch(Examples.of(real)).loss();
  }

  @Override
  public double generatorStep(int number) {
    return ofGenerator.trainOnBatch(rows).loss();
  }

  @Override
  public float[] discriminatorParameters() {
    return parameters(task.discriminator());
  }

  @Override
  public float[] generatorParameters() {
    return parameters(task.generator());
  }

  @Override
  public ImmutableMap<String, Trainer> trainers() {
    return ImmutableMap.of("discriminator", ofDiscriminator, "generator", ofGenerator);
  }

  private static float[] parameters(Model model) {
    return Floats.concat(
        model.trainableWeights().stream()
            .map(weight -> weight.values().data().asFloat())
            .toArray(float[][]::new));
  }

  @Override
  public void close() {
    ofDiscriminator.close();
    ofGenerator.close();
  }
}
