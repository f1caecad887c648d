package dev.tandem.core.op;

import dev.tandem.core.op.random.NormalQuantile;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Arrays to try ops on: float64 in 'c' order, and the same in every run. */
public final class SampleArrays {

  private SampleArrays() {}

  /** Standard normal numbers. */
  public static INDArray normal(long seed, long... shape) {
    return of(new Random(seed).doubles(length(shape)).map(p -> NormalQuantile.of(p)), shape);
  }

  /** Numbers of both signs, at least 0.1 away from 0. */
  public static INDArray awayFromZero(long seed, long... shape) {
    Random random = new Random(seed);
    DoubleStream numbers =
        DoubleStream.generate(
            () -> (random.nextBoolean() ? 1 : -1) * (0.1 + 1.5 * random.nextDouble()));
    return of(numbers.limit(length(shape)), shape);
  }

  /** Numbers in [0.3, 2.3). */
  public static INDArray positive(long seed, long... shape) {
    return of(new Random(seed).doubles(length(shape)).map(p -> 0.3 + 2 * p), shape);
  }

  /** Numbers in [0, 1). */
  public static INDArray uniform(long seed, long... shape) {
    return of(new Random(seed).doubles(length(shape)), shape);
  }

  /** Numbers of both signs, any two at least 0.1 apart, and 0.05 away from 0. */
  public static INDArray distinct(long seed, long... shape) {
    int length = length(shape);
    int[] order = IntStream.range(0, length).toArray();
    Random random = new Random(seed);
    for (int i = length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int moved = order[i];
      order[i] = order[other];
      order[other] = moved;
    }
    return of(IntStream.of(order).mapToDouble(i -> 0.1 * (i - length / 2) + 0.05), shape);
  }

  /** Whole numbers in [0, bound) as int32. */
  public static INDArray indices(long seed, int bound, long... shape) {
    return of(new Random(seed).ints(length(shape), 0, bound).asDoubleStream(), shape)
        .castTo(DataType.INT32);
  }

  /** Rows (along the last axis) of positive numbers that sum to 1. */
  public static INDArray probabilities(long seed, long... shape) {
    INDArray numbers = positive(seed, shape);
    INDArray sums = numbers.sum(true, shape.length - 1);
    return numbers.div(sums.broadcast(shape)).dup('c');
  }

  private static INDArray of(DoubleStream numbers, long... shape) {
    double[] array = numbers.toArray();
    return shape.length == 0
        ? Nd4j.scalar(DataType.DOUBLE, array[0])
        : Nd4j.create(array, shape, 'c');
  }

  private static int length(long... shape) {
    long length = 1;
    for (long size : shape) {
      length *= size;
    }
    return Math.toIntExact(length);
  }
}
