/**
 * Losses of both sides on scores, one record each; {@link
 * dev.tandem.gan.objective.loss.AdversarialLosses} has the standard ones.
 */
package dev.tandem.gan.objective.loss;
