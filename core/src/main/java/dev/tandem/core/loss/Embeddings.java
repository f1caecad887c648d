package dev.tandem.core.loss;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.OwnedArrays;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Embeddings that losses hold against each other. */
final class Embeddings {

  private static final double SHORTEST = 1e-7;

  private Embeddings() {}

  /**
   * The parts of equal size along the last axis.
   *
   * @throws IllegalArgumentException if there is no such axis, or it cannot be divided so
   */
  static List<Value> split(Ops ops, String loss, Value prediction, int parts) {
    Shape shape = prediction.shape();
    if (shape.rank() < 2 || shape.size(-1) % parts != 0) {
      throw new IllegalArgumentException(
          loss
              + " expects "
              + parts
              + " embeddings of one size beside each other, (batch, …, "
              + parts
              + " · size), got "
              + shape
              + "; concatenate them along the last axis");
    }
    long size = shape.size(-1) / parts;
    List<Value> all = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      all.add(ops.slice(prediction, shape.rank() - 1, i * size, size));
    }
    return all;
  }

  /** Refuses predictions with axes between batch and embedding. */
  static void requireRows(String loss, Value prediction) {
    if (prediction.rank() != 2) {
      throw new IllegalArgumentException(
          loss
              + " expects one pair of embeddings for each sample, (batch, 2 · size), got "
              + prediction.shape()
              + "; pool or flatten what lies between");
    }
  }

  /** Divided by their lengths along the last axis, which are at least 1e-7. */
  static Value directions(Ops ops, Value x) {
    Value squares = ops.sum(ops.square(x), true, -1);
    Value least = ops.scalar(SHORTEST * SHORTEST, x.dtype());
    return ops.multiply(x, ops.power(ops.maximum(squares, least), -0.5));
  }

  /** A matrix of a number in one place of each row, and 0 elsewhere. */
  static Value marks(Ops ops, int rows, IntUnaryOperator column, double number, DataType dtype) {
    INDArray marks = OwnedArrays.create(new TensorSpec(Shape.of(rows, rows), dtype)).assign(0);
    for (int i = 0; i < rows; i++) {
      marks.putScalar(i, column.applyAsInt(i), number);
    }
    return ops.constant(marks);
  }
}
