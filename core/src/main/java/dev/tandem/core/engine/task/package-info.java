/**
 * Graphs as tasks on buffers: {@link dev.tandem.core.engine.task.TaskGraph}. Everything here is
 * data, immutable once made, and knows no arrays.
 */
@NullMarked
package dev.tandem.core.engine.task;

import org.jspecify.annotations.NullMarked;
