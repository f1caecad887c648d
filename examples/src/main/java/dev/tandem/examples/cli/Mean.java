package dev.tandem.examples.cli;

import com.google.common.primitives.ImmutableDoubleArray;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;

/**
 * A mean over seeds.
 *
 * @param value of it; NaN if one of the numbers is
 * @param standardError of it; NaN of one number
 */
public record Mean(double value, double standardError) {

  /** The mean of a number of each result. */
  public static <T> Mean of(List<T> results, ToDoubleFunction<T> number) {
    return of(ImmutableDoubleArray.copyOf(results.stream().mapToDouble(number)));
  }

  /** The mean of at least one number. */
  public static Mean of(ImmutableDoubleArray numbers) {
    int count = numbers.length();
    double mean = numbers.stream().sum() / count;
    double squares = numbers.stream().map(number -> (number - mean) * (number - mean)).sum();
    return new Mean(mean, count == 1 ? Double.NaN : Math.sqrt(squares / (count - 1) / count));
  }

  /** As in {@code 7.90±0.10}; of one number, the number alone. */
  public String text(DoubleFunction<String> format) {
    return Double.isNaN(standardError)
        ? format.apply(value)
        : format.apply(value) + "±" + format.apply(standardError);
  }

  /** As in {@code 96.1}. */
  public static String tenths(double number) {
    return String.format(Locale.ROOT, "%.1f", number);
  }

  /** As in {@code .004}, {@code -.012} and {@code 1.250}. */
  public static String thousandths(double number) {
    return String.format(Locale.ROOT, "%.3f", number).replaceFirst("^(-?)0\\.", "$1.");
  }
}
