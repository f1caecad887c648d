package dev.tandem.gan.pair;

import dev.tandem.core.model.Model;
import dev.tandem.core.tensor.TensorSpec;
import java.util.Objects;

/**
 * One way through a pair: who makes samples and who judges them. A cycle has two.
 *
 * @param generator what it makes is of the domain that it leads to
 * @param discriminator of that domain
 */
public record Direction(Model generator, Model discriminator) {

  /** Checks that both are there. */
  public Direction {
    Objects.requireNonNull(generator, "generator");
    Objects.requireNonNull(discriminator, "discriminator");
  }

  /** What the generator takes first: (batch, …) and its type. */
  public TensorSpec from() {
    return generator.graph().inputs().get(0).spec();
  }

  /** What the generator makes: (batch, …) and its type. */
  public TensorSpec to() {
    return generator.graph().outputs().get(0).spec();
  }
}
