/**
 * How long training steps take: the command line.
 *
 * <p>Five workloads, defined in {@code measure} so that other systems run exactly the same, written
 * for this library and SameDiff in {@code systems}; {@code peers} compares with other systems, and
 * {@code scale} and {@code memory} ask what a step costs as nets and runs grow.
 */
@NullMarked
package dev.tandem.examples.bench;

import org.jspecify.annotations.NullMarked;
