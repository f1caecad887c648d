/** The discriminator with its samples in a step, as losses and penalties see it. */
package dev.tandem.gan.objective.critic;
