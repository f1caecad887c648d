package dev.tandem.core.data;

import com.google.common.collect.ImmutableList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Lists of columns. */
final class Columns {

  private Columns() {}

  /**
   * The columns after a change.
   *
   * @throws IllegalArgumentException if what a source writes would have to be something else, or
   *     two of a kind have one name
   */
  static ImmutableList<Column> with(
      String source, List<Column> columns, UnaryOperator<Column> change) {
    ImmutableList.Builder<Column> next = ImmutableList.builder();
    Set<String> labels = new HashSet<>();
    for (Column before : columns) {
      Column changed = change.apply(before);
      if (changed.stored() != before.stored()
          || changed.kind() != before.kind()
          || !changed.sample().equals(before.sample())) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "%s of the %s holds %s %s, which a conversion cannot change to %s of %s %s",
                before.label(),
                source,
                before.stored(),
                before.sample(),
                changed.label(),
                changed.stored(),
                changed.sample()));
      }
      if (!labels.add(changed.label())) {
        throw new IllegalArgumentException(
            "two columns of the " + source + " would be called " + changed.label());
      }
      next.add(changed);
    }
    return next.build();
  }

  /** A change of one column; of an input before a target of the same name. */
  static UnaryOperator<Column> only(
      String source, List<Column> columns, String name, UnaryOperator<Column> change) {
    int at = find(columns, name);
    if (at < 0) {
      throw new IllegalArgumentException(
          "the " + source + " has no column \"" + name + "\"; it has " + columns);
    }
    Column only = columns.get(at);
    return column -> column.equals(only) ? change.apply(column) : column;
  }

  /** What a column is called where the data comes from: what a user can look for. */
  static String origin(DataSource source, int index) {
    List<Column> columns = source.columns();
    if (source instanceof RowView view) {
      columns = view.source().columns();
    } else if (source instanceof GeneratedView view) {
      columns = view.source().columns();
    } else if (source instanceof SequenceSource sequence) {
      columns = sequence.stored();
    }
    return columns.get(index).name();
  }

  private static int find(List<Column> columns, String name) {
    int found = -1;
    for (int i = columns.size() - 1; i >= 0; i--) {
      Column column = columns.get(i);
      if (column.name().equals(name) && (found < 0 || column.kind() == Column.Kind.INPUT)) {
        found = i;
      }
    }
    return found;
  }

  static int requireWorkers(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("number of workers is not at least 1: " + threads);
    }
    return threads;
  }
}
