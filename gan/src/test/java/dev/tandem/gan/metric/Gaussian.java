package dev.tandem.gan.metric;

import dev.tandem.core.op.random.CounterRandom;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Normal numbers for tests of metrics. */
final class Gaussian {

  static final FeatureSpace SPACE = FeatureSpace.plain("test");

  private Gaussian() {}

  /** A float64 matrix of standard normal numbers. */
  static INDArray matrix(long seed, int rows, int columns) {
    INDArray matrix = Nd4j.createUninitialized(DataType.DOUBLE, new long[] {rows, columns}, 'c');
    CounterRandom.of(seed).normal(matrix);
    return matrix;
  }

  static Features features(long seed, int rows, int columns) {
    return Features.of(matrix(seed, rows, columns), SPACE);
  }

  /** Reference and held-out samples. */
  static RealFeatures real(long seed, int rows, int columns) {
    return new RealFeatures(features(seed, rows, columns), features(seed + 1000, rows, columns));
  }

  /** A rotation in as many dimensions. */
  static INDArray rotation(int size) {
    INDArray rotation = Nd4j.eye(size).castTo(DataType.DOUBLE);
    for (int i = 0; i + 1 < size; i++) {
      INDArray turn = Nd4j.eye(size).castTo(DataType.DOUBLE);
      turn.putScalar(i, i, Math.cos(i + 1));
      turn.putScalar(i, i + 1, -Math.sin(i + 1));
      turn.putScalar(i + 1, i, Math.sin(i + 1));
      turn.putScalar(i + 1, i + 1, Math.cos(i + 1));
      rotation = rotation.mmul(turn);
    }
    return rotation;
  }
}
