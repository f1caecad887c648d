package dev.tandem.core.data.table;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.data.Column;
import dev.tandem.core.tensor.Shape;
import java.nio.ByteBuffer;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * One input or target, and how its numbers follow from cells.
 *
 * @param kind whether models read it or are compared with it
 * @param name of it
 * @param parts one behind the other
 * @param weighted whether weights of rows tell which values were missing
 */
record EncodedArray(
    Column.Kind kind, String name, ImmutableList<FittedColumn> parts, boolean weighted) {

  /** What targets that are weights of rows are called before the name of the target. */
  private static final String WEIGHTS = "weights:";

  /** Makes an error with its place of a wrong cell. */
  interface Failure {
    RuntimeException of(String column, BadCell cause);
  }

  boolean isIndex() {
    return parts.get(0).isIndex();
  }

  /** How many numbers a row has. */
  int width() {
    return parts.stream().mapToInt(FittedColumn::width).sum();
  }

  /** The arrays that batches have of it: itself, and its weights if there are any. */
  ImmutableList<Column> columns() {
    DataType type = isIndex() ? DataType.INT32 : DataType.FLOAT;
    Shape sample = isIndex() ? Shape.scalar() : Shape.of(width());
    Column itself =
        kind == Column.Kind.INPUT
            ? Column.input(name, type, sample)
            : Column.target(name, type, sample);
    return weighted
        ? ImmutableList.of(itself, Column.target(WEIGHTS + name, DataType.FLOAT, Shape.scalar()))
        : ImmutableList.of(itself);
  }

  /** Writes the numbers of a row, and its weight if there is one. */
  void write(Cells cells, ByteBuffer into, Failure failure) {
    for (FittedColumn part : parts) {
      String name = part.column().name();
      try {
        part.write(cells.text(name), cells.comma(), into);
      } catch (BadCell e) {
        throw failure.of(name, e);
      }
    }
    if (weighted) {
      into.putFloat(cells.text(parts.get(0).column().name()) == null ? 0 : 1);
    }
  }
}
