/** The discriminator with its samples in a step, as losses and penalties see it. */
@NullMarked
package dev.tandem.gan.objective.critic;

import org.jspecify.annotations.NullMarked;
