package dev.tandem.core.data.table;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import org.jspecify.annotations.Nullable;

/**
 * One row of a table, as texts.
 *
 * @param place as in {@code line 17}
 * @param columns where each stands
 * @param values at these places
 * @param comma whether a comma stands before fractions
 * @param missing texts that stand for missing values, besides the empty one
 */
record Cells(
    String place,
    ImmutableMap<String, Integer> columns,
    @Nullable String[] values,
    boolean comma,
    ImmutableSet<String> missing) {

  /** The text of a cell without blanks around it; null if it is missing. */
  @Nullable String text(String column) {
    Integer at = columns.get(column);
    String value = at == null ? null : values[at];
    if (value == null) {
      return null;
    }
    String text = value.strip();
    return text.isEmpty() || missing.contains(text) ? null : text;
  }
}
