package dev.tandem.gan.objective.loss;

import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Lambda;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.gan.objective.critic.CriticContext;
import org.jspecify.annotations.Nullable;

/**
 * The losses of both sides, written in ops on the discriminator's scores: (batch, 1), or a map of
 * scores that is averaged. Standard ones are in {@link AdversarialLosses}.
 */
public interface AdversarialLoss {

  /**
   * The discriminator's loss, a scalar, from its scores of real samples and of fakes.
   *
   * @throws IllegalStateException if scores alone do not tell it, as with a loss that has state;
   *     {@link #discriminator(CriticContext)} builds it
   */
  Value discriminator(Ops ops, Value real, Value fake);

  /**
   * The discriminator's loss in its step: unless overridden {@link #discriminator(Ops, Value,
   * Value)} of the scores. A loss that has state calls a layer of its own here, and tells the
   * context.
   *
   * @return a scalar
   */
  default SymbolicTensor discriminator(CriticContext critic) {
    return Lambda.of((ops, in) -> discriminator(ops, in.get(0), in.get(1)))
        .apply(critic.realScores(), critic.fakeScores());
  }

  /** The generator's loss in its step: {@link #generator(Ops, Value, Value)} of the scores. */
  default SymbolicTensor generator(CriticContext critic) {
    return comparesWithReal()
        ? Lambda.of((ops, in) -> generator(ops, in.get(0), in.get(1)))
            .apply(critic.realScores(), critic.fakeScores())
        : Lambda.of((ops, in) -> generator(ops, null, in.get(0))).apply(critic.fakeScores());
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
