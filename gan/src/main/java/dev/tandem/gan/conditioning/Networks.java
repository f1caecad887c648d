package dev.tandem.gan.conditioning;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.gan.latent.Latent;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The two sides of a pair with the latent between them, as a {@link Conditioning} sees them.
 *
 * @param generator side
 * @param discriminator side
 * @param latent of the generator
 * @param packing number of samples that the discriminator judges at once
 */
public record Networks(Model generator, Model discriminator, Latent latent, int packing) {

  static Networks withoutLatent(Model generator, Model discriminator) {
    return new Networks(generator, discriminator, Latent.none(), 1);
  }

  /** The generator and the discriminator of each direction: one, with a cycle two. */
  public ImmutableList<Direction> directions(Conditioning conditioning) {
    ImmutableList<Model> generators = conditioning.parts(generator);
    ImmutableList<Model> discriminators = conditioning.parts(discriminator);
    ImmutableList.Builder<Direction> directions = ImmutableList.builder();
    for (int i = 0; i < generators.size(); i++) {
      directions.add(new Direction(generators.get(i), discriminators.get(i)));
    }
    return directions.build();
  }

  /** The generator's samples: (batch, …) and their type; with a cycle those of the first one. */
  public TensorSpec sample() {
    return generator.graph().outputs().get(0).spec();
  }

  /**
   * Latents outside of steps.
   *
   * @return a new array (count, …)
   */
  public INDArray latents(int count, long seed) {
    return latent.sample(CounterRandom.of(seed), count, sample().dtype());
  }

  void requireUnpacked() {
    if (packing > 1) {
      throw new IllegalArgumentException(
          "packing "
              + packing
              + " has no rule for classes or sources; use packing 1 or no conditioning");
    }
  }
}
