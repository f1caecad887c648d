package dev.tandem.core.engine;

import dev.tandem.core.engine.kernel.Binding;
import dev.tandem.core.engine.kernel.Kernel;
import dev.tandem.core.engine.task.Task;

/**
 * A task that is ready to run.
 *
 * @param task what it does
 * @param kernel what runs
 * @param binding the arrays it runs on
 */
record BoundTask(Task task, Kernel kernel, Binding binding) {}
