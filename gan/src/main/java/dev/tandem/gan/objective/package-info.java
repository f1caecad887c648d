/**
 * What each side makes small: an {@link dev.tandem.gan.objective.AdversarialLoss} on scores, any
 * number of {@link dev.tandem.gan.objective.Penalty penalties}, and {@link
 * dev.tandem.gan.objective.Augmentation augmentations} of what is judged. All are values that go
 * together freely in an {@link dev.tandem.gan.objective.Objective}; own ones are written by
 * implementing the interface.
 */
package dev.tandem.gan.objective;
