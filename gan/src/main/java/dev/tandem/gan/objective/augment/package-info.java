/**
 * Random changes of samples before they are judged, one record each, of constant or varying
 * strength; {@link dev.tandem.gan.objective.augment.Augmentations} has the standard ones, {@link
 * dev.tandem.gan.objective.augment.AdaAugmentations} those of ADA.
 */
@NullMarked
package dev.tandem.gan.objective.augment;

import org.jspecify.annotations.NullMarked;
