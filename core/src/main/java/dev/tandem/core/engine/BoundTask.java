package dev.tandem.core.engine;

import dev.tandem.core.engine.kernel.Binding;
import dev.tandem.core.engine.kernel.Kernel;
import dev.tandem.core.op.OpCall;

/**
 * A task of a finished plan.
 *
 * @param call what it computes, or whose value it copies
 * @param label what it does, for listings
 * @param library whose kernel it is
 * @param kernel what runs
 * @param binding the arrays it runs on
 */
record BoundTask(OpCall call, String label, String library, Kernel kernel, Binding binding) {}
