package dev.tandem.gan.train;

import dev.tandem.core.train.StepMemory;
import java.util.Collection;
import java.util.OptionalLong;

/**
 * The memory outside of Java's heap that rounds take, in bytes, where the steps are made: a card's
 * on a card.
 *
 * @param discriminator what the compiled steps of the discriminator hold for themselves:
 *     intermediate values, inputs and outputs; those of lazy penalties among it; empty if the
 *     engine does not know
 * @param generator the same of the generator
 * @param weights of both nets, of the averaged generator, and what steps keep besides
 * @param optimizers the state of both optimizers
 * @param gradients gradients of both sides, and next values of state
 * @param batches real samples in flight: the batch of this step, and those that are read ahead
 */
public record RoundMemory(
    OptionalLong discriminator,
    OptionalLong generator,
    long weights,
    long optimizers,
    long gradients,
    long batches) {

  static RoundMemory of(
      Collection<StepMemory> discriminator, StepMemory generator, long weights, long batches) {
    return new RoundMemory(
        discriminator.stream()
            .map(StepMemory::programs)
            .reduce(OptionalLong.of(0), RoundMemory::sum),
        generator.programs(),
        weights,
        discriminator.stream().mapToLong(StepMemory::slots).sum() + generator.slots(),
        discriminator.stream().mapToLong(StepMemory::gradients).sum() + generator.gradients(),
        batches);
  }

  private static OptionalLong sum(OptionalLong one, OptionalLong other) {
    return one.isPresent() && other.isPresent()
        ? OptionalLong.of(one.getAsLong() + other.getAsLong())
        : OptionalLong.empty();
  }

  /** All of it; empty if the engine does not know what steps hold. */
  public OptionalLong total() {
    OptionalLong steps = sum(discriminator, generator);
    return sum(steps, OptionalLong.of(weights + optimizers + gradients + batches));
  }
}
