package dev.tandem.core.train;

import com.google.common.collect.ImmutableMap;

/**
 * The report of a step.
 *
 * @param step its number, counted from 1; 0 if nothing was trained
 * @param loss the total: weighted losses and penalties
 * @param losses the loss of each output, unweighted
 */
public record StepResult(long step, double loss, ImmutableMap<String, Double> losses) {}
