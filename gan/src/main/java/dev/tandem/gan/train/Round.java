package dev.tandem.gan.train;

/**
 * The report of a round: losses of the last step of each kind in it.
 *
 * @param number counted from 1
 * @param discriminatorLoss NaN if the discriminator had no step
 * @param generatorLoss NaN if the generator had no step
 */
public record Round(long number, double discriminatorLoss, double generatorLoss) {}
