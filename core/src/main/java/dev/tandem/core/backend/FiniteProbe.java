package dev.tandem.core.backend;

import java.util.OptionalLong;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A search for NaN and infinity in an array, to be made again and again: one pass at the speed of
 * memory, without garbage. The sum of squares is no finite number if an element is none, so
 * elements are looked at one by one only where that sum is none, or is too large for the type.
 */
public final class FiniteProbe {

  /** How many elements one native call takes. */
  private static final int MOST = 1 << 30;

  /** In pieces of so many elements the first one is searched for. */
  private static final int PIECE = 4096;

  private final INDArray array;
  private final long length;
  private final boolean counts;
  private final @Nullable Pointer memory;

  private FiniteProbe(INDArray array) {
    this.array = array;
    this.length = array.length();
    this.counts = array.dataType().isFPType() && length > 0;
    this.memory = counts && DotProduct.usable() && isDense(array) ? memory(array) : null;
  }

  /** A probe of an array's memory, which has to live as long; it sees what is written later. */
  public static FiniteProbe of(INDArray array) {
    return new FiniteProbe(array);
  }

  /** Whether no element of an array is NaN or infinite. */
  public static boolean isFinite(INDArray array) {
    return of(array).isFinite();
  }

  private static boolean isDense(INDArray array) {
    return array.length() == 1 || array.elementWiseStride() == 1;
  }

  private static @Nullable Pointer memory(INDArray array) {
    return switch (array.dataType()) {
      case FLOAT -> new FloatPointer(array.data().addressPointer());
      case DOUBLE -> new DoublePointer(array.data().addressPointer());
      default -> null;
    };
  }

  /** Whether no element is NaN or infinite; true for whole numbers. */
  public boolean isFinite() {
    return Double.isFinite(squares()) || firstOther().isEmpty();
  }

  /**
   * The sum of all squares in the array's type: not finite if an element is not, or if the sum is
   * too large for the type.
   */
  public double squares() {
    if (!counts) {
      return 0;
    }
    if (memory == null) {
      INDArray plain = plain(array);
      return DotProduct.ofItself(plain);
    }
    return squares(memory, 0, length);
  }

  private static double squares(Pointer memory, long from, long to) {
    double sum = 0;
    for (long begin = from; begin < to; begin += MOST) {
      memory.position(begin);
      sum += DotProduct.ofItself(memory, (int) Math.min(MOST, to - begin));
    }
    memory.position(0);
    return sum;
  }

  /** The array itself or a copy: in 'c' order, float32 or float64. */
  private static INDArray plain(INDArray array) {
    boolean known = array.dataType() == DataType.FLOAT || array.dataType() == DataType.DOUBLE;
    INDArray wide = known ? array : array.castTo(DataType.FLOAT);
    return wide.ordering() == 'c' && isDense(wide) ? wide : wide.dup('c');
  }

  /** The first element in 'c' order that is NaN or infinite; empty if there is none. */
  public OptionalLong firstOther() {
    if (!counts) {
      return OptionalLong.empty();
    }
    INDArray plain = plain(array);
    Pointer pieces = DotProduct.usable() ? memory(plain) : null;
    for (long begin = 0; begin < length; begin += PIECE) {
      long end = Math.min(length, begin + PIECE);
      if (pieces != null && Double.isFinite(squares(pieces, begin, end))) {
        continue;
      }
      for (long i = begin; i < end; i++) {
        if (!Double.isFinite(plain.getDouble(i))) {
          return OptionalLong.of(i);
        }
      }
    }
    return OptionalLong.empty();
  }
}
