package dev.tandem.core.data;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Lists of columns. */
final class Columns {

  private Columns() {}

  /** The columns with one of them changed; an input before a target of the same name. */
  static ImmutableList<Column> with(
      String source, List<Column> columns, String name, UnaryOperator<Column> change) {
    int at = find(columns, name);
    if (at < 0) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%s has no column \"%s\"; it has %s", source, name, columns));
    }
    Column changed = change.apply(columns.get(at));
    Column before = columns.get(at);
    if (changed.stored() != before.stored() || !changed.sample().equals(before.sample())) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s of %s holds %s %s, which a conversion cannot change to %s %s",
              before.label(),
              source,
              before.stored(),
              before.sample(),
              changed.stored(),
              changed.sample()));
    }
    ImmutableList.Builder<Column> next = ImmutableList.builder();
    for (int i = 0; i < columns.size(); i++) {
      next.add(i == at ? changed : columns.get(i));
    }
    return next.build();
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
