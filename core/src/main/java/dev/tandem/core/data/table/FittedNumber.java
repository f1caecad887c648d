package dev.tandem.core.data.table;

import java.nio.ByteBuffer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A column of numbers as {@code (value − shift) / scale}.
 *
 * @param column what was asked for
 * @param shift what is 0
 * @param scale what is 1 more
 * @param filled what stands for missing values, in the units of the column
 */
record FittedNumber(NumberColumn column, double shift, double scale, double filled)
    implements FittedColumn {

  @Override
  public int width() {
    return column.missing().told() ? 2 : 1;
  }

  @Override
  public boolean isIndex() {
    return false;
  }

  @Override
  public void write(@Nullable String text, boolean comma, ByteBuffer into) throws BadCell {
    if (text == null && column.missing().kind() == Missing.Kind.REFUSED) {
      throw ColumnFit.missing(column);
    }
    double value = text == null ? filled : NumberText.parse(text, comma);
    float number = (float) ((value - shift) / scale);
    if (!Float.isFinite(number)) {
      throw new BadCell(
          NumberText.quoted(String.valueOf(text)) + " is beyond float32 as it is scaled; mend it");
    }
    if (column.scale() == NumberColumn.Scale.NONE && value == Math.rint(value) && number != value) {
      throw new BadCell(
          String.format(
              Locale.ROOT,
              "%s is a whole number that float32 does not hold (it would be %.0f); if it is a"
                  + " quantity, take number(…).standardized(), if it names something, category(…)",
              NumberText.quoted(String.valueOf(text)),
              (double) number));
    }
    into.putFloat(number);
    if (column.missing().told()) {
      into.putFloat(text == null ? 1 : 0);
    }
  }

  @Override
  public Object value(double[] numbers, int at) {
    return numbers[at] * scale + shift;
  }
}
