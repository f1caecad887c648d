package dev.tandem.gan.metric;

import java.util.Arrays;

/**
 * The delete-a-block jackknife (Künsch, Annals of Statistics 17, 1989; for independent samples): g
 * values of a statistic, each without one of g equal blocks of samples, have the standard error
 * {@code √((g − 1) / g · Σ (θᵢ − mean)²)}.
 */
final class Jackknife {

  private Jackknife() {}

  static double standardError(double[] without) {
    int blocks = without.length;
    double mean = Arrays.stream(without).average().orElseThrow();
    double squares = Arrays.stream(without).map(value -> (value - mean) * (value - mean)).sum();
    return Math.sqrt((blocks - 1.0) / blocks * squares);
  }
}
