package dev.tandem.gan.data;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.backend.Backend;
import dev.tandem.core.data.Column;
import dev.tandem.core.data.GeneratedSource;
import dev.tandem.core.tensor.Shape;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Examples without end, each with a class: an input {@code sample} and a target {@code label}. A
 * batch is a function of (seed, step) and nothing else; its first rows do not depend on how many
 * rows are asked for.
 */
public interface LabeledSource extends GeneratedSource {

  /** The shape of one example, as in {@code (2,)} or {@code (28, 28, 3)}. */
  Shape example();

  /** The number of classes, counted from 0. */
  int classes();

  @Override
  default ImmutableList<Column> columns() {
    return ImmutableList.of(
        Column.input("sample", DataType.FLOAT, example()),
        Column.target("label", DataType.INT32, Shape.scalar()));
  }

  @Override
  default void fill(long seed, long step, List<INDArray> batch) {
    fill(seed, step, batch.get(0));
    int[] labels = new int[Math.toIntExact(batch.get(1).length())];
    fillLabels(seed, step, labels);
    for (int i = 0; i < labels.length; i++) {
      batch.get(1).putScalar(i, labels[i]);
    }
  }

  /**
   * Fills a batch with the examples of a step.
   *
   * @param seed what everything random follows from
   * @param step which batch
   * @param batch float32 {@code (batch, …)} in 'c' order, overwritten
   * @throws IllegalArgumentException if shape, type or order are others
   */
  void fill(long seed, long step, INDArray batch);

  /**
   * Fills an array with the classes of the examples of a step.
   *
   * @param seed as for the examples
   * @param step as for the examples
   * @param labels as many as there are examples, overwritten
   */
  void fillLabels(long seed, long step, int[] labels);

  /**
   * The examples of a step as a new float32 array {@code (size, …)}.
   *
   * @throws IllegalArgumentException if the size is not at least 1
   */
  default INDArray batch(long seed, long step, int size) {
    if (size < 1) {
      throw new IllegalArgumentException("batch size of " + name() + " is not at least 1: " + size);
    }
    Backend.require();
    INDArray batch =
        Nd4j.createUninitialized(DataType.FLOAT, example().prepend(size).toArray(), 'c');
    fill(seed, step, batch);
    return batch;
  }

  /** The classes of the examples of a step as a new int32 array {@code (size,)}. */
  default INDArray labels(long seed, long step, int size) {
    Backend.require();
    int[] labels = new int[size];
    fillLabels(seed, step, labels);
    return Nd4j.createFromArray(labels);
  }
}
