/**
 * Losses: recipes that compare an output with its target, in ops.
 *
 * <p>A {@link dev.tandem.core.loss.Loss} gives one number per sample; weighting and averaging over
 * the batch is the trainer's. All are differentiable twice wherever their formula is.
 */
@NullMarked
package dev.tandem.core.loss;

import org.jspecify.annotations.NullMarked;
