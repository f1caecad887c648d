package dev.tandem.core.train;

import java.util.OptionalLong;

/**
 * The memory of the steps of a trainer, in bytes, besides the weights.
 *
 * @param programs what compiled programs hold for themselves: intermediate values, inputs, outputs;
 *     empty if the engine does not know
 * @param gradients what waits between the two halves of a step: gradients, and next values of state
 * @param slots the state of the optimizer
 */
public record StepMemory(OptionalLong programs, long gradients, long slots) {}
