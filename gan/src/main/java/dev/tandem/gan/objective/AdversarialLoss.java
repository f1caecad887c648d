package dev.tandem.gan.objective;

import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Lambda;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import org.jspecify.annotations.Nullable;

/**
 * What the two sides make small, written in ops on the discriminator's scores: (batch, 1), or a map
 * of scores that is averaged. Standard ones are in {@link AdversarialLosses}.
 */
public interface AdversarialLoss {

  /**
   * The discriminator's loss, a scalar, from its scores of real samples and of fakes.
   *
   * @throws IllegalStateException if scores alone do not tell it, as with a loss that remembers
   *     things; {@link #draw} draws it
   */
  Value discriminator(Ops ops, Value real, Value fake);

  /**
   * Draws the discriminator's loss in its step: unless overridden {@link #discriminator} of the
   * scores. A loss that remembers things calls a layer of its own here, and tells the scene.
   *
   * @return a scalar
   */
  default SymbolicTensor draw(CriticContext scene) {
    return Lambda.of((ops, in) -> discriminator(ops, in.get(0), in.get(1)))
        .apply(scene.realScores(), scene.fakeScores());
  }

  /**
   * The generator's loss, a scalar.
   *
   * @param real the scores of real samples; null unless {@link #comparesWithReal}
   * @param fake the scores of its samples
   */
  Value generator(Ops ops, @Nullable Value real, Value fake);

  /** Whether the generator's loss looks at real samples too. */
  default boolean comparesWithReal() {
    return false;
  }

  /**
   * The discriminator's loss when all its scores are 0: what it gets for telling nothing apart.
   * What is far below it shows a discriminator that has won. NaN where losses have no such scale.
   */
  default double indifference() {
    return Double.NaN;
  }
}
