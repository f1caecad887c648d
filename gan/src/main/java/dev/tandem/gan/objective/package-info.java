/**
 * The losses of both sides: a {@link dev.tandem.gan.objective.loss.AdversarialLoss} on scores, any
 * number of {@link dev.tandem.gan.objective.penalty.Penalty penalties}, and {@link
 * dev.tandem.gan.objective.augment.Augmentation augmentations} of what is judged. All are values
 * that go together freely in an {@link dev.tandem.gan.objective.Objective}; own ones are written by
 * implementing the interface.
 */
@NullMarked
package dev.tandem.gan.objective;

import org.jspecify.annotations.NullMarked;
