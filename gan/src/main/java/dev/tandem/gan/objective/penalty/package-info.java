/**
 * Further terms of both losses, one record each: penalties on the discriminator ({@link
 * dev.tandem.gan.objective.penalty.Penalties}) and terms of the generator ({@link
 * dev.tandem.gan.objective.penalty.GeneratorTerms}).
 */
@NullMarked
package dev.tandem.gan.objective.penalty;

import org.jspecify.annotations.NullMarked;
