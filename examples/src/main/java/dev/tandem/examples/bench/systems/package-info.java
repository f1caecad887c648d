/**
 * The workloads in this library and in SameDiff.
 *
 * <p>{@link dev.tandem.examples.bench.systems.Contender} makes one for a task. {@code SameDiffGan}
 * is what a user of plain SameDiff writes today.
 */
@NullMarked
package dev.tandem.examples.bench.systems;

import org.jspecify.annotations.NullMarked;
