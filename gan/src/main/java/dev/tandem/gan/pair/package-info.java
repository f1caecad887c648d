/**
 * Pairs of a generator and a discriminator: {@link dev.tandem.gan.pair.AdversarialPair} is the
 * first of the four things that a training is made of; it knows nothing of losses and steps.
 */
@NullMarked
package dev.tandem.gan.pair;

import org.jspecify.annotations.NullMarked;
