package dev.tandem.gan.metric;

import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.gan.metric.Score.Bounds;
import dev.tandem.gan.metric.Score.Estimate;
import dev.tandem.gan.metric.Score.Sampling;
import java.nio.DoubleBuffer;
import java.util.Locale;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Kernel inception distance (Bińkowski et al., arXiv 1801.01401): the unbiased estimate of the
 * squared maximum mean discrepancy under the kernel {@code (x·y / features + 1)³}, averaged over
 * random subsets of both sides. It can be negative.
 *
 * <p>The standard error comes from as many disjoint subsets as the smaller side holds; the spread
 * of the random ones, which overlap, would be too small a number.
 *
 * @param subsets how many random subsets, at least 1
 * @param subsetSize the samples of a subset on each side, at least 2
 */
public record Kid(int subsets, int subsetSize) {

  private static final String NAME = "KID";
  private static final int LEAST_BLOCKS = 2;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is too small
   */
  public Kid {
    if (subsets < 1 || subsetSize < 2) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "KID needs at least 1 subset of at least 2 samples, got %d of %d",
              subsets,
              subsetSize));
    }
  }

  /** The paper's 100 subsets of 1,000 samples. */
  public static Kid standard() {
    return new Kid(100, 1000);
  }

  /**
   * Measures generated samples.
   *
   * @param real what to measure against
   * @param fake generated samples, seen by the same extractor; at least two subsets' worth
   * @param seed what the subsets follow from
   * @throws IllegalArgumentException if there are too few samples, or extractors differ
   */
  public Score measure(RealFeatures real, Features fake, long seed) {
    real.requireComparable(fake);
    SampleSize.require(
        NAME,
        (long) LEAST_BLOCKS * subsetSize,
        "two disjoint subsets of " + subsetSize,
        real,
        fake);
    INDArray reference = real.reference().values();
    double value = mean(reference, fake.values(), seed);
    Estimate blocks = disjoint(reference, fake.values(), seed);
    return Score.of(
        NAME,
        new Estimate(value, blocks.standardError()),
        Bounds.NONE,
        mean(reference, real.standIn(fake).values(), seed),
        Sampling.of(real, fake, seed));
  }

  private double mean(INDArray real, INDArray fake, long seed) {
    double sum = 0;
    for (int subset = 0; subset < subsets; subset++) {
      sum +=
          discrepancy(
              Matrices.gather(real, choice(real, seed, subset, 0), 0, subsetSize),
              Matrices.gather(fake, choice(fake, seed, subset, 1), 0, subsetSize));
    }
    return sum / subsets;
  }

  private int[] choice(INDArray rows, long seed, int subset, int side) {
    CounterRandom random = CounterRandom.of(seed, CounterRandom.seedOf(NAME), subset, side);
    return Shuffle.choice(Math.toIntExact(rows.size(0)), subsetSize, random);
  }

  private Estimate disjoint(INDArray real, INDArray fake, long seed) {
    int blocks = Math.toIntExact(Math.min(real.size(0), fake.size(0)) / subsetSize);
    int[] realOrder = order(real, seed, 0);
    int[] fakeOrder = order(fake, seed, 1);
    double[] values = new double[blocks];
    for (int i = 0; i < blocks; i++) {
      int from = i * subsetSize;
      values[i] =
          discrepancy(
              Matrices.gather(real, realOrder, from, from + subsetSize),
              Matrices.gather(fake, fakeOrder, from, from + subsetSize));
    }
    return Estimate.mean(values);
  }

  private static int[] order(INDArray rows, long seed, int side) {
    CounterRandom random = CounterRandom.of(seed, CounterRandom.seedOf(NAME), -1, side);
    return Shuffle.order(Math.toIntExact(rows.size(0)), random);
  }

  /** The unbiased estimate from as many vectors of one side as of the other. */
  static double discrepancy(INDArray x, INDArray y) {
    double count = x.size(0);
    INDArray products = Matrices.create(x.size(0), x.size(0));
    double within = kernels(x, x, products, true) + kernels(y, y, products, true);
    double across = kernels(x, y, products, false);
    return within / (count * (count - 1)) - 2 * across / (count * count);
  }

  /** The sum of the kernel over all pairs, those of a vector with itself left out if asked. */
  private static double kernels(INDArray x, INDArray y, INDArray products, boolean others) {
    Matrices.timesTransposed(x, y, products);
    DoubleBuffer memory = Matrices.memory(products);
    int count = Math.toIntExact(x.size(0));
    double features = x.size(1);
    double[] row = new double[count];
    double sum = 0;
    for (int i = 0; i < count; i++) {
      memory.get(row);
      for (int j = 0; j < count; j++) {
        double base = row[j] / features + 1;
        sum += others && i == j ? 0 : base * base * base;
      }
    }
    return sum;
  }
}
