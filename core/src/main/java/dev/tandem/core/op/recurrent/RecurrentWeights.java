package dev.tandem.core.op.recurrent;

import dev.tandem.core.op.Value;
import org.jspecify.annotations.Nullable;

/**
 * The weights of a recurrence in a call, or the gradients there.
 *
 * @param kernel (units, gates · units)
 * @param bias (gates · units) of what the kernel makes, if it has one of its own
 */
public record RecurrentWeights(Value kernel, @Nullable Value bias) {}
