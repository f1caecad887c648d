/**
 * Losses of both sides on scores, one record each; {@link
 * dev.tandem.gan.objective.loss.AdversarialLosses} has the standard ones.
 */
@NullMarked
package dev.tandem.gan.objective.loss;

import org.jspecify.annotations.NullMarked;
