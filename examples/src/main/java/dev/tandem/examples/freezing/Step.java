package dev.tandem.examples.freezing;

import com.google.common.collect.ImmutableList;

/**
 * A step and what it moved.
 *
 * @param number of the worked case it belongs to
 * @param setting how things were frozen
 * @param model whose step it was
 * @param loss before it
 * @param before the weights before it
 * @param after the weights after it
 */
record Step(
    int number,
    String setting,
    String model,
    double loss,
    ImmutableList<Double> before,
    ImmutableList<Double> after) {}
