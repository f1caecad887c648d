package dev.tandem.core.data;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.factory.Nd4j;

/** Data sets whose rows say which they are, and what was read of them. */
final class Rows {

  private Rows() {}

  /**
   * Input "row" float32 {@code (size, 2)} of (i, −i), target "number" int32 {@code (size,)} of i.
   */
  static Dataset numbered(int size) {
    float[][] rows = new float[size][];
    for (int i = 0; i < size; i++) {
      rows[i] = new float[] {i, -i};
    }
    return Dataset.builder()
        .input("row", Nd4j.createFromArray(rows))
        .target("number", Nd4j.createFromArray(IntStream.range(0, size).toArray()))
        .build();
  }

  /** Reads so many batches and copies them: position, then the rows of each. */
  static List<String> read(BatchIterator batches, int count) {
    List<String> read = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      read.add(text(batches.next()));
    }
    return read;
  }

  static String text(Batch batch) {
    return batch.position()
        + ": "
        + batch.input("row").toStringFull()
        + batch.target("number").toStringFull();
  }
}
