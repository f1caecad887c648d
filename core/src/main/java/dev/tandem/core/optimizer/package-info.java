/**
 * Recipes that turn gradients into steps: optimizers, learning-rate schedules, clipping.
 *
 * <p>All are records without state. What an {@link dev.tandem.core.optimizer.Optimizer} remembers
 * of a weight lies in slots that the trainer owns, so one recipe may serve many trainers.
 */
@NullMarked
package dev.tandem.core.optimizer;

import org.jspecify.annotations.NullMarked;
