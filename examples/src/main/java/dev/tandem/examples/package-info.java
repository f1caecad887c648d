/**
 * The command line application {@code tandem}: examples that run, and the benchmark.
 *
 * <p>Each command has a package of its own and is read on its own: {@code mnist} draws digits,
 * {@code freezing} shows what the two flags and a selection do, {@code heads} trains two heads on
 * one trunk, {@code gallery} has a GAN of each kind in one class, {@code bench} measures steps.
 * {@link dev.tandem.examples.Main} only finds the command and reports errors.
 */
@NullMarked
package dev.tandem.examples;

import org.jspecify.annotations.NullMarked;
