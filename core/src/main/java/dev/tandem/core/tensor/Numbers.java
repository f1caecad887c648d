package dev.tandem.core.tensor;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.indexer.DoubleIndexer;
import org.bytedeco.javacpp.indexer.FloatIndexer;
import org.bytedeco.javacpp.indexer.IntIndexer;
import org.bytedeco.javacpp.indexer.LongIndexer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner.ExecutionerType;
import org.nd4j.linalg.api.shape.Shape;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The elements of an array in 'c' order, read one by one on the JVM. Those of a dense int32, int64,
 * float32 or float64 array are read in its own memory, so they are those of now; other arrays are
 * copied.
 */
public abstract class Numbers {

  private final long length;

  private Numbers(long length) {
    this.length = length;
  }

  /** Those of an array that stays open as long as they are read. */
  public static Numbers of(INDArray array) {
    return isInPlace(array) ? inPlace(array) : copied(array);
  }

  /** Whether those of an array are read in its own memory. */
  public static boolean isInPlace(INDArray array) {
    return Nd4j.getExecutioner().type() == ExecutionerType.NATIVE_CPU
        && !array.isEmpty()
        && array.ordering() == 'c'
        && isDirect(array.dataType())
        && Shape.hasDefaultStridesForShape(array);
  }

  private static boolean isDirect(DataType dtype) {
    return dtype == DataType.INT32
        || dtype == DataType.INT64
        || dtype == DataType.FLOAT
        || dtype == DataType.DOUBLE;
  }

  private static Numbers inPlace(INDArray array) {
    Pointer memory = array.data().addressPointer();
    long length = array.length();
    return switch (array.dataType()) {
      case INT -> new Ints(length, IntIndexer.create(new IntPointer(memory).capacity(length)));
      case LONG -> new Longs(length, LongIndexer.create(new LongPointer(memory).capacity(length)));
      case FLOAT ->
          new Floats(length, FloatIndexer.create(new FloatPointer(memory).capacity(length)));
      default ->
          new Doubles(length, DoubleIndexer.create(new DoublePointer(memory).capacity(length)));
    };
  }

  private static Numbers copied(INDArray array) {
    if (array.isEmpty()) {
      return new Longs(0, LongIndexer.create(new long[1]));
    }
    DataType wide = array.dataType().isFPType() ? DataType.DOUBLE : DataType.INT64;
    INDArray copy = array.castTo(wide).dup('c');
    return wide == DataType.DOUBLE
        ? new Doubles(copy.length(), DoubleIndexer.create(copy.data().asDouble()))
        : new Longs(copy.length(), LongIndexer.create(copy.data().asLong()));
  }

  /** How many there are. */
  public final long length() {
    return length;
  }

  /** Where the first one lies whose whole part is not in [0, limit), or that is NaN; -1 if none. */
  abstract long firstOutside(long limit);

  /** Where the first finite one lies that is not in [least, most]; -1 if none. */
  public abstract long firstOutside(double least, double most);

  /** One of them. */
  public abstract double at(long index);

  /** One of them without its fraction; the least long for NaN. */
  public abstract long whole(long index);

  private static long whole(double number) {
    return Double.isNaN(number) ? Long.MIN_VALUE : (long) number;
  }

  private static final class Ints extends Numbers {

    private final IntIndexer memory;

    Ints(long length, IntIndexer memory) {
      super(length);
      this.memory = memory;
    }

    @Override
    long firstOutside(long limit) {
      for (long i = 0; i < length(); i++) {
        int number = memory.get(i);
        if (number < 0 || number >= limit) {
          return i;
        }
      }
      return -1;
    }

    @Override
    public long firstOutside(double least, double most) {
      for (long i = 0; i < length(); i++) {
        if (memory.get(i) < least || memory.get(i) > most) {
          return i;
        }
      }
      return -1;
    }

    @Override
    public double at(long index) {
      return memory.get(index);
    }

    @Override
    public long whole(long index) {
      return memory.get(index);
    }
  }

  private static final class Longs extends Numbers {

    private final LongIndexer memory;

    Longs(long length, LongIndexer memory) {
      super(length);
      this.memory = memory;
    }

    @Override
    long firstOutside(long limit) {
      for (long i = 0; i < length(); i++) {
        long number = memory.get(i);
        if (number < 0 || number >= limit) {
          return i;
        }
      }
      return -1;
    }

    @Override
    public long firstOutside(double least, double most) {
      for (long i = 0; i < length(); i++) {
        if (memory.get(i) < least || memory.get(i) > most) {
          return i;
        }
      }
      return -1;
    }

    @Override
    public double at(long index) {
      return memory.get(index);
    }

    @Override
    public long whole(long index) {
      return memory.get(index);
    }
  }

  private static final class Floats extends Numbers {

    private final FloatIndexer memory;

    Floats(long length, FloatIndexer memory) {
      super(length);
      this.memory = memory;
    }

    @Override
    long firstOutside(long limit) {
      for (long i = 0; i < length(); i++) {
        long number = whole(i);
        if (number < 0 || number >= limit) {
          return i;
        }
      }
      return -1;
    }

    @Override
    public long firstOutside(double least, double most) {
      for (long i = 0; i < length(); i++) {
        float number = memory.get(i);
        if ((number < least || number > most) && Math.abs(number) <= Float.MAX_VALUE) {
          return i;
        }
      }
      return -1;
    }

    @Override
    public double at(long index) {
      return memory.get(index);
    }

    @Override
    public long whole(long index) {
      return Numbers.whole(memory.get(index));
    }
  }

  private static final class Doubles extends Numbers {

    private final DoubleIndexer memory;

    Doubles(long length, DoubleIndexer memory) {
      super(length);
      this.memory = memory;
    }

    @Override
    long firstOutside(long limit) {
      for (long i = 0; i < length(); i++) {
        long number = whole(i);
        if (number < 0 || number >= limit) {
          return i;
        }
      }
      return -1;
    }

    @Override
    public long firstOutside(double least, double most) {
      for (long i = 0; i < length(); i++) {
        double number = memory.get(i);
        if ((number < least || number > most) && Math.abs(number) <= Double.MAX_VALUE) {
          return i;
        }
      }
      return -1;
    }

    @Override
    public double at(long index) {
      return memory.get(index);
    }

    @Override
    public long whole(long index) {
      return Numbers.whole(memory.get(index));
    }
  }
}
