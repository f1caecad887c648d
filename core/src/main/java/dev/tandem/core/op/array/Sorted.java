package dev.tandem.core.op.array;

import dev.tandem.core.op.Value;

/**
 * Elements of rows in sorted order.
 *
 * @param values gradients go back to where each was taken from
 * @param indices int64, the place along the last axis that each was taken from
 */
public record Sorted(Value values, Value indices) {}
