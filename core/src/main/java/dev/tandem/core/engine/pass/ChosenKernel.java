package dev.tandem.core.engine.pass;

import dev.tandem.core.engine.kernel.KernelChoice;

/**
 * A library's offer that was taken.
 *
 * @param library its name
 * @param choice how it runs the call
 */
public record ChosenKernel(String library, KernelChoice choice) {}
