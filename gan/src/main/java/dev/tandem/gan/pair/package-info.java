/**
 * Who plays: two nets and what they are given. {@link dev.tandem.gan.pair.AdversarialPair} is the
 * first of the four records that a training is made of; it knows nothing of losses and steps.
 */
package dev.tandem.gan.pair;
