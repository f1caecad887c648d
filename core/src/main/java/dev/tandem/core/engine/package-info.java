/**
 * Runs op graphs fast: everything that depends on shapes alone is done once, when a graph is
 * prepared, and a step only runs a list of kernels.
 *
 * <p>A graph is planned first, which gives data: a {@link dev.tandem.core.engine.TaskPlan}, by way
 * of the packages {@code pass}, {@code task} and {@code memory}. {@link
 * dev.tandem.core.engine.PlanEngine} binds it to arrays and hands out a {@link
 * dev.tandem.core.engine.Plan}. What computes lies in kernel libraries behind {@link
 * dev.tandem.core.engine.kernel.KernelLibrary}.
 */
@NullMarked
package dev.tandem.core.engine;

import org.jspecify.annotations.NullMarked;
