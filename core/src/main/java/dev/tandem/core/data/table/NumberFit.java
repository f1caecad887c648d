package dev.tandem.core.data.table;

import com.google.common.primitives.Doubles;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Mean, deviation, range and median of a column. */
final class NumberFit extends ColumnFit {

  private static final int FIRST = 1024;

  private final NumberColumn column;
  private final boolean keeps;
  private double[] values = new double[0];
  private int count;
  private double mean;
  private double squares;
  private double least = Double.POSITIVE_INFINITY;
  private double largest = Double.NEGATIVE_INFINITY;

  NumberFit(NumberColumn column) {
    super(column);
    this.column = column;
    this.keeps = column.missing().kind() == Missing.Kind.MEDIAN;
  }

  @Override
  void add(@Nullable String text, boolean comma) throws BadCell {
    if (text == null) {
      return;
    }
    double value = NumberText.parse(text, comma);
    if (keeps) {
      values = Doubles.ensureCapacity(values, count + 1, Math.max(FIRST, count));
      values[count] = value;
    }
    count++;
    double step = value - mean;
    mean += step / count;
    squares += step * (value - mean);
    least = Math.min(least, value);
    largest = Math.max(largest, value);
  }

  @Override
  FittedColumn fitted() throws BadCell {
    if (count == 0) {
      throw new BadCell("has no value in any row; leave it out");
    }
    if (least == largest && column.scale() != NumberColumn.Scale.NONE) {
      throw new BadCell(
          String.format(
              Locale.ROOT,
              "is %s in all rows, so that there is no range to scale; leave it out, it tells"
                  + " nothing",
              least));
    }
    double shift =
        switch (column.scale()) {
          case NONE -> 0;
          case STANDARD -> mean;
          case UNIT -> least + (largest - least) / 2;
        };
    double scale =
        switch (column.scale()) {
          case NONE -> 1;
          case STANDARD -> Math.sqrt(squares / count);
          case UNIT -> (largest - least) / 2;
        };
    if (!(scale > 0) || !Double.isFinite(scale)) {
      throw new BadCell("has a spread that float64 does not hold; scale its numbers first");
    }
    return new FittedNumber(column, shift, scale, filled());
  }

  /** What stands in the place of a missing value; 0 where there is none to be. */
  private double filled() throws BadCell {
    return switch (column.missing().kind()) {
      case REFUSED -> 0;
      case CONSTANT -> NumberText.parse(column.missing().value().orElseThrow(), false);
      case MEAN -> mean;
      case MEDIAN -> median();
    };
  }

  private double median() {
    Arrays.sort(values, 0, count);
    double below = values[(count - 1) / 2];
    return below + (values[count / 2] - below) / 2;
  }

  @Override
  Optional<String> note() {
    return least == largest
        ? Optional.of(String.format(Locale.ROOT, "is %s in all rows", least))
        : Optional.empty();
  }
}
