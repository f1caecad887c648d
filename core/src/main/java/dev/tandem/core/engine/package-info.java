/**
 * Runs op graphs fast: everything that depends on shapes alone is done once, when a graph is
 * prepared, and a step only runs a list of kernels.
 *
 * <p>{@link dev.tandem.core.engine.PlanEngine} sends a graph through a row of passes, each a class
 * of its own here, and hands out a {@link dev.tandem.core.engine.Plan}. What computes lies in
 * kernel libraries behind {@link dev.tandem.core.engine.kernel.KernelLibrary}.
 */
package dev.tandem.core.engine;
