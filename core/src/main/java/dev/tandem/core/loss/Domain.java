package dev.tandem.core.loss;

import dev.tandem.core.tensor.IndexScan;
import dev.tandem.core.tensor.Numbers;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The numbers that targets of losses may be. NaN and infinities are for others to find. */
final class Domain {

  /**
   * The distance of the sum of a row of probabilities from 1 that is allowed: some are written with
   * two digits.
   */
  private static final double SUM_TOLERANCE = 0.011;

  private Domain() {}

  /** The distance of numbers beyond their range that is allowed, from rounding. */
  private static double tolerance(INDArray target) {
    return target.dataType() == DataType.FLOAT16 || target.dataType() == DataType.BFLOAT16
        ? 1e-2
        : 1e-5;
  }

  /** All within a range, its ends included. */
  static Optional<Flaw> range(INDArray target, double least, double most, String rule) {
    Numbers numbers = Numbers.of(target);
    long at = numbers.firstOutside(least - tolerance(target), most + tolerance(target));
    return at < 0
        ? Optional.empty()
        : Optional.of(new Flaw(at, Double.toString(numbers.at(at)), rule));
  }

  /** Each one −1, 0 or 1. */
  static Optional<Flaw> signs(INDArray target, String rule) {
    Numbers numbers = Numbers.of(target);
    for (long i = 0; i < numbers.length(); i++) {
      double number = numbers.at(i);
      if (number != 0 && Math.abs(number) != 1 && Double.isFinite(number)) {
        return Optional.of(new Flaw(i, Double.toString(number), rule));
      }
    }
    return Optional.empty();
  }

  /** Rows along the last axis of numbers of at least 0 that sum to 1. */
  static Optional<Flaw> rows(INDArray target, String rule) {
    Numbers numbers = Numbers.of(target);
    long width = target.size(-1);
    double least = -tolerance(target);
    for (long row = 0; row < numbers.length(); row += width) {
      double sum = 0;
      for (long i = row; i < row + width; i++) {
        double number = numbers.at(i);
        if (number < least && Double.isFinite(number)) {
          return Optional.of(new Flaw(i, Double.toString(number), rule));
        }
        sum += number;
      }
      if (Math.abs(sum - 1) > SUM_TOLERANCE && Double.isFinite(sum)) {
        return Optional.of(new Flaw(row, "a row of the sum " + (float) sum, rule));
      }
    }
    return Optional.empty();
  }

  /** Class numbers. */
  static Optional<Flaw> classes(INDArray target, long classes) {
    long at = new IndexScan(target, classes).firstOutside();
    if (at < 0) {
      return Optional.empty();
    }
    Numbers numbers = Numbers.of(target);
    long least = Long.MAX_VALUE;
    long most = Long.MIN_VALUE;
    for (long i = 0; i < numbers.length(); i++) {
      least = Math.min(least, numbers.whole(i));
      most = Math.max(most, numbers.whole(i));
    }
    String advice =
        least >= 1 && most == classes
            ? "; classes are counted from 0: subtract 1"
            : "; correct it, or give the output more classes";
    String found = Long.toString(numbers.whole(at));
    return Optional.of(
        new Flaw(at, found, "the " + classes + " classes are [0, " + classes + ")" + advice));
  }
}
