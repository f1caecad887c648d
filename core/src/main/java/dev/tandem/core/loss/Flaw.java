package dev.tandem.core.loss;

/**
 * A fault that a loss finds in the numbers of a target.
 *
 * @param at where: the element, or the first of several, counted in 'c' order
 * @param found what stands there, as in {@code 3} and {@code a row of the sum 2.0}
 * @param rule what has to stand there, and what to do
 */
public record Flaw(long at, String found, String rule) {}
