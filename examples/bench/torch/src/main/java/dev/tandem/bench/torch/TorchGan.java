package dev.tandem.bench.torch;

import dev.tandem.examples.bench.measure.GanWorkload;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A GAN: two nets with an optimizer each. */
final class TorchGan implements GanWorkload {

  private final TorchNet generator;
  private final TorchNet discriminator;
  private final TorchObjective objective;
  private final List<Tensor> real;
  private final long latent;
  private final Adam ofGenerator;
  private final Adam ofDiscriminator;

  TorchGan(
      TorchNet generator,
      TorchNet discriminator,
      TorchObjective objective,
      List<Tensor> real,
      long latent,
      AdamRecipe adam) {
    this.generator = generator;
    this.discriminator = discriminator;
    this.objective = objective;
    this.real = real;
    this.latent = latent;
    ofGenerator = adam.over(generator.parameters());
    ofDiscriminator = adam.over(discriminator.parameters());
  }

  @Override
  @SuppressWarnings("try") // the scope frees what is made in it
  public double discriminatorStep(int number) {
    try (PointerScope scope = new PointerScope()) {
      ofDiscriminator.zero_grad();
      Tensor batch = real.get(number % real.size());
      Tensor loss = objective.ofDiscriminator(discriminator, batch, fakeWithoutGraph());
      loss.backward();
      ofDiscriminator.step();
      return loss.item_float();
    }
  }

  @Override
  @SuppressWarnings("try") // the scope frees what is made in it
  public double generatorStep(int number) {
    try (PointerScope scope = new PointerScope()) {
      ofGenerator.zero_grad();
      discriminator.requiresGradient(false);
      Tensor fake = generator.apply(noise());
      Tensor loss = objective.ofGenerator(discriminator.apply(fake));
      loss.backward();
      ofGenerator.step();
      discriminator.requiresGradient(true);
      return loss.item_float();
    }
  }

  private Tensor fakeWithoutGraph() {
    NoGradGuard guard = new NoGradGuard();
    try {
      return generator.apply(noise());
    } finally {
      guard.close();
    }
  }

  private Tensor noise() {
    return torch.randn(real.get(0).size(0), latent);
  }

  @Override
  public float[] discriminatorParameters() {
    return discriminator.values();
  }

  @Override
  public float[] generatorParameters() {
    return generator.values();
  }

  @Override
  public void close() {
    // The process ends with the measurement.
  }
}
