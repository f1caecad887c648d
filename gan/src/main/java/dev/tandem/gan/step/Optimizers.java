package dev.tandem.gan.step;

import dev.tandem.core.optimizer.Clipping;
import dev.tandem.core.optimizer.Optimizer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What moves each side: rates of their own are two time scales (Heusel et al., 2017,
 * arXiv:1706.08500).
 *
 * @param generator its optimizer
 * @param discriminator its optimizer
 * @param clipping of the gradients of both, or null
 */
public record Optimizers(
    Optimizer generator, Optimizer discriminator, @Nullable Clipping clipping) {

  /** Checks that both are there. */
  public Optimizers {
    Objects.requireNonNull(generator, "generator");
    Objects.requireNonNull(discriminator, "discriminator");
  }

  /** One recipe for both sides; each has moments of its own. */
  public static Optimizers both(Optimizer optimizer) {
    return new Optimizers(optimizer, optimizer, null);
  }

  /** One recipe for each side. */
  public static Optimizers of(Optimizer generator, Optimizer discriminator) {
    return new Optimizers(generator, discriminator, null);
  }

  /** The same with clipped gradients. */
  public Optimizers clip(Clipping limits) {
    return new Optimizers(generator, discriminator, limits);
  }
}
