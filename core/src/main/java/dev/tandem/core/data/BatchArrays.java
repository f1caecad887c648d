package dev.tandem.core.data;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An array of a fixed number of rows for every column of a source, filled again and again. */
final class BatchArrays {

  private final int size;
  private final DataSource source;
  private final ImmutableList<ColumnArray> columns;
  private final ImmutableMap<String, INDArray> inputs;
  private final ImmutableMap<String, INDArray> targets;

  BatchArrays(DataSource source, int size) {
    this.size = size;
    this.source = source;
    ImmutableList.Builder<ColumnArray> arrays = ImmutableList.builder();
    for (int i = 0; i < source.columns().size(); i++) {
      arrays.add(new ColumnArray(source.columns().get(i), Columns.origin(source, i), size));
    }
    this.columns = arrays.build();
    this.inputs = of(columns, Column.Kind.INPUT);
    this.targets = of(columns, Column.Kind.TARGET);
  }

  private static ImmutableMap<String, INDArray> of(List<ColumnArray> columns, Column.Kind kind) {
    ImmutableMap.Builder<String, INDArray> arrays = ImmutableMap.builder();
    for (ColumnArray column : columns) {
      if (column.column().kind() == kind) {
        arrays.put(column.column().name(), column.array());
      }
    }
    return arrays.buildOrThrow();
  }

  ImmutableList<ColumnArray> columns() {
    return columns;
  }

  /** The batch in these arrays, which were filled column by column. */
  Batch filled(BatchPosition position, BatchPlaces places) {
    columns.forEach(ColumnArray::written);
    return new Batch(inputs, targets, size, position, places);
  }

  /**
   * Reads rows {@code order[first]}, {@code order[first + 1]}, … of a row source.
   *
   * @param draws the stream of what is drawn for each row
   */
  Batch fill(int[] order, int first, BatchPosition position, long draws) {
    RowSource rows = (RowSource) source;
    for (int i = 0; i < columns.size(); i++) {
      columns.get(i).read(rows, i, order, first, draws);
    }
    return filled(position, index -> rows.place(order[first + index]));
  }
}
