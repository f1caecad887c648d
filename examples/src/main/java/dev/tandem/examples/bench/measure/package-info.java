/**
 * What is measured and how, with nothing but the JDK: the workloads' data, what a step is, timing,
 * and the lines that come out.
 *
 * <p>The programs of other systems in {@code examples/bench} compile this very package, so that
 * every system gets the same numbers to train on and is timed by the same code. {@link
 * dev.tandem.examples.bench.measure.Program} is the main method of them all.
 */
@NullMarked
package dev.tandem.examples.bench.measure;

import org.jspecify.annotations.NullMarked;
