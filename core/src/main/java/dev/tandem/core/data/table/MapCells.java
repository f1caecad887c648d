package dev.tandem.core.data.table;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows that are maps of numbers and texts, as cells. */
final class MapCells {

  private static final double WHOLE = 1e15;

  private MapCells() {}

  /**
   * The cells of a row.
   *
   * @param names of the columns that are read
   * @param row by the names of the columns
   * @param place as in {@code row 17}
   * @throws IllegalArgumentException if it lacks a column
   */
  static Cells of(
      Collection<String> names, Map<String, ? extends @Nullable Object> row, String place) {
    ImmutableMap.Builder<String, Integer> at = ImmutableMap.builder();
    List<@Nullable String> values = new ArrayList<>();
    for (String name : names) {
      if (!row.containsKey(name)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "%s has no column \"%s\"; it has %s, and arrays are made of %s; give null for a"
                    + " missing value",
                place,
                name,
                row.keySet(),
                names));
      }
      at.put(name, values.size());
      values.add(text(row.get(name)));
    }
    return new Cells(
        place, at.buildOrThrow(), values.toArray(String[]::new), false, ImmutableSet.of());
  }

  private static @Nullable String text(@Nullable Object value) {
    if (value instanceof Double || value instanceof Float) {
      double number = ((Number) value).doubleValue();
      boolean isWhole = number == Math.rint(number) && Math.abs(number) < WHOLE;
      return isWhole ? new BigDecimal(number).toPlainString() : value.toString();
    }
    if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    }
    return value == null ? null : value.toString();
  }

  /** An error with its place of a wrong cell. */
  static IllegalArgumentException failure(String place, String column, BadCell cause) {
    return new IllegalArgumentException(
        place + ", column \"" + column + "\": " + cause.getMessage(), cause);
  }
}
