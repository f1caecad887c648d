package dev.tandem.core.metric;

import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Copies arrays to the JVM in 'c' order, all at once. */
final class HostNumbers {

  private HostNumbers() {}

  /** The elements as float64, in the given array if it is long enough, else in a new one. */
  static double[] read(INDArray array, double[] scratch) {
    INDArray plain = array.ordering() == 'c' && !array.isView() ? array : array.dup('c');
    int length = Math.toIntExact(plain.length());
    double[] into = scratch.length >= length ? scratch : new double[length];
    switch (plain.dataType()) {
      case FLOAT -> copy(plain.data().asNioFloat(), length, into);
      case DOUBLE -> copy(plain.data().asNioDouble(), length, into);
      case INT -> copy(plain.data().asNioInt(), length, into);
      case LONG -> copy(plain.data().asNioLong(), length, into);
      default -> copy(plain.castTo(DataType.DOUBLE).data().asNioDouble(), length, into);
    }
    return into;
  }

  private static void copy(FloatBuffer from, int length, double[] into) {
    for (int i = 0; i < length; i++) {
      into[i] = from.get();
    }
  }

  private static void copy(DoubleBuffer from, int length, double[] into) {
    from.get(into, 0, length);
  }

  private static void copy(IntBuffer from, int length, double[] into) {
    for (int i = 0; i < length; i++) {
      into[i] = from.get();
    }
  }

  private static void copy(LongBuffer from, int length, double[] into) {
    for (int i = 0; i < length; i++) {
      into[i] = from.get();
    }
  }
}
