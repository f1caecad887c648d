/**
 * Training: a trainer is what compiling a model gives. It owns the snapshot of what moves, its
 * optimizer's state and its compiled steps.
 *
 * <p>A step is two halves, gradients and update; between them gradients can be accumulated, looked
 * at or changed. {@link dev.tandem.core.train.Training} is the recipe, {@link
 * dev.tandem.core.train.Trainer} the result, {@link dev.tandem.core.train.Fit} how epochs are made
 * of steps, {@link dev.tandem.core.train.Predictor} what runs a model alone.
 */
@NullMarked
package dev.tandem.core.train;

import org.jspecify.annotations.NullMarked;
