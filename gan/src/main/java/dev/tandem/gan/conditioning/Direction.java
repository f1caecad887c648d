package dev.tandem.gan.conditioning;

import dev.tandem.core.model.Model;
import dev.tandem.core.tensor.TensorSpec;
import java.util.Objects;

/**
 * A generator with the discriminator of its samples. A pair has one of these, a cycle two.
 *
 * @param generator of samples of the domain that it leads to
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
