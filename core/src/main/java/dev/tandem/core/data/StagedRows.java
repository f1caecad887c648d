package dev.tandem.core.data;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.concurrency.AffinityManager;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Rows of pieces, gathered until they are a batch. */
final class StagedRows {

  private final ImmutableList<Column> columns;
  private final ImmutableList<INDArray> arrays;
  private final int most;
  private int rows;

  /** Room for a number of rows. */
  StagedRows(ImmutableList<Column> columns, int most) {
    this.columns = columns;
    this.most = most;
    this.arrays =
        columns.stream()
            .map(
                column ->
                    Nd4j.createUninitializedDetached(
                        column.stored(), 'c', column.sample().prepend(most).toArray()))
            .collect(ImmutableList.toImmutableList());
  }

  int rows() {
    return rows;
  }

  void clear() {
    rows = 0;
  }

  /** Copies rows of a piece from one on, as many as there is room for; how many these were. */
  int take(Dataset piece, int from) {
    int count = Math.min(most - rows, piece.size() - from);
    for (int i = 0; i < columns.size(); i++) {
      copy(piece.array(i), from, arrays.get(i), rows, count, columns.get(i).bytes());
    }
    rows += count;
    return count;
  }

  /** Copies all rows to a batch of that size. */
  void copyTo(List<ColumnArray> batch) {
    for (int i = 0; i < columns.size(); i++) {
      copy(arrays.get(i), 0, batch.get(i).stored(), 0, rows, columns.get(i).bytes());
    }
  }

  private static void copy(
      INDArray from, int fromRow, INDArray to, int toRow, int rows, int bytes) {
    long length = (long) rows * bytes;
    Pointer.memcpy(
        memory(to).position((long) toRow * bytes),
        memory(from).position((long) fromRow * bytes),
        length);
    Nd4j.getAffinityManager().tagLocation(to, AffinityManager.Location.HOST);
  }

  private static BytePointer memory(INDArray array) {
    Nd4j.getAffinityManager().ensureLocation(array, AffinityManager.Location.HOST);
    return new BytePointer(array.data().addressPointer());
  }
}
