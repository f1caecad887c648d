package dev.tandem.bench.tensorflow;

import dev.tandem.examples.bench.measure.GanWorkload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** A GAN: one graph, run once for each side, noise drawn inside. */
final class TfGan implements GanWorkload {

  private final TfNet generator;
  private final TfNet discriminator;
  private final List<TFloat32> real;
  private final Placeholder<TFloat32> realInput;
  private final Operand<TFloat32> discriminatorLoss;
  private final List<Op> discriminatorMoves;
  private final Operand<TFloat32> generatorLoss;
  private final List<Op> generatorMoves;
  private final TfSession session;

  TfGan(
      Tf tf,
      TfNet generator,
      TfNet discriminator,
      TfObjective objective,
      List<TFloat32> real,
      long latent,
      TfAdam adam) {
    this.generator = generator;
    this.discriminator = discriminator;
    this.real = real;
    Shape shape = real.get(0).shape();
    long batch = shape.get(0);
    realInput = tf.ops().placeholder(TFloat32.class, Placeholder.shape(shape));

    List<Op> statistics = new ArrayList<>();
    Operand<TFloat32> fake =
        tf.ops().stopGradient(generator.apply(tf.noise(batch, latent), statistics));
    discriminatorLoss = objective.ofDiscriminator(tf, discriminator, realInput, fake);
    discriminatorMoves = adam.step(tf, discriminatorLoss, discriminator.parameters());
    discriminatorMoves.addAll(statistics);

    statistics = new ArrayList<>();
    Operand<TFloat32> made = generator.apply(tf.noise(batch, latent), statistics);
    generatorLoss = objective.ofGenerator(tf, discriminator.apply(made, TfObjective.NO_UPDATES));
    generatorMoves = adam.step(tf, generatorLoss, generator.parameters());
    generatorMoves.addAll(statistics);
    session = new TfSession(tf);
  }

  @Override
  public double discriminatorStep(int number) {
    TFloat32 batch = real.get(number % real.size());
    return session.step(discriminatorLoss, discriminatorMoves, Map.of(realInput, batch));
  }

  @Override
  public double generatorStep(int number) {
    return session.step(generatorLoss, generatorMoves, Map.of());
  }

  @Override
  public float[] discriminatorParameters() {
    return session.values(discriminator.parameters());
  }

  @Override
  public float[] generatorParameters() {
    return session.values(generator.parameters());
  }

  @Override
  public void close() {
    // The process ends with the measurement.
  }
}
