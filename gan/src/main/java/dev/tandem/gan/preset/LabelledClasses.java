package dev.tandem.gan.preset;

import dev.tandem.core.data.Column;
import dev.tandem.core.data.DataSource;
import dev.tandem.core.data.RowSource;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;

/** The number of classes of a data set. */
public final class LabelledClasses {

  private static final int MOST = 100_000;

  private LabelledClasses() {}

  /**
   * One more than the largest label, if the only target of the data are integer labels (n) that
   * leave no class out; empty otherwise, and for data without a number of rows.
   */
  public static OptionalInt of(DataSource data) {
    List<Column> targets =
        data.columns().stream().filter(column -> column.kind() == Column.Kind.TARGET).toList();
    if (targets.size() != 1 || !(data instanceof RowSource rows)) {
      return OptionalInt.empty();
    }
    Column label = targets.get(0);
    if (!label.stored().isIntType() || label.sample().rank() != 0) {
      return OptionalInt.empty();
    }
    BitSet seen = new BitSet();
    for (long number : rows.wholeNumbers(label.name())) {
      if (number < 0 || number >= MOST) {
        return OptionalInt.empty();
      }
      seen.set((int) number);
    }
    int classes = seen.cardinality();
    return classes >= 2 && seen.length() == classes ? OptionalInt.of(classes) : OptionalInt.empty();
  }
}
