package dev.tandem.gan.conditioning;

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

  /** The samples that the generator starts from: (batch, …) and their type. */
  public TensorSpec from() {
    return generator.graph().inputs().get(0).spec();
  }

  /** The samples that the generator makes: (batch, …) and their type. */
  public TensorSpec to() {
    return generator.graph().outputs().get(0).spec();
  }
}
