package dev.tandem.core.data;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.indexer.Bfloat16Indexer;
import org.bytedeco.javacpp.indexer.HalfIndexer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;

/** The numbers of a column from the type that the source has to the type of batches. */
final class ElementConversion {

  private final Column column;
  private final int length;
  private final float @Nullable [] levels;

  ElementConversion(Column column) {
    this.column = column;
    this.length = Math.toIntExact(column.sample().length());
    this.levels = column.range().map(PixelRange::table).orElse(null);
  }

  /**
   * Converts one sample.
   *
   * @param from its bytes in the stored type
   * @param to the memory of that row in a batch
   * @throws IllegalArgumentException if a number would change and the column does not round
   */
  void convert(ByteBuffer from, ByteBuffer to) {
    if (levels != null && column.dtype() == DataType.FLOAT) {
      FloatBuffer floats = to.asFloatBuffer();
      for (int i = 0; i < length; i++) {
        floats.put(i, levels[from.get(i) & 0xFF]);
      }
    } else if (levels != null) {
      for (int i = 0; i < length; i++) {
        to.putDouble(i * Double.BYTES, levels[from.get(i) & 0xFF]);
      }
    } else if (column.stored().isFPType()) {
      for (int i = 0; i < length; i++) {
        put(to, i, floating(from, i));
      }
    } else {
      for (int i = 0; i < length; i++) {
        put(to, i, whole(from, i));
      }
    }
  }

  private double floating(ByteBuffer from, int i) {
    return switch (column.stored()) {
      case DOUBLE -> from.getDouble(i * Double.BYTES);
      case FLOAT -> from.getFloat(i * Float.BYTES);
      case HALF -> HalfIndexer.toFloat(from.getShort(i * Short.BYTES));
      case BFLOAT16 -> Bfloat16Indexer.toFloat(from.getShort(i * Short.BYTES));
      default -> throw unknown(column.stored());
    };
  }

  private long whole(ByteBuffer from, int i) {
    if (column.stored() == DataType.UINT8) {
      return from.get(i) & 0xFF;
    }
    return switch (column.stored()) {
      case BOOL -> from.get(i) == 0 ? 0 : 1;
      case BYTE -> from.get(i);
      case SHORT -> from.getShort(i * Short.BYTES);
      case UINT16 -> from.getShort(i * Short.BYTES) & 0xFFFF;
      case INT -> from.getInt(i * Integer.BYTES);
      case UINT32 -> Integer.toUnsignedLong(from.getInt(i * Integer.BYTES));
      case LONG -> from.getLong(i * Long.BYTES);
      case UINT64 -> unsigned(from.getLong(i * Long.BYTES), i);
      default -> throw unknown(column.stored());
    };
  }

  private long unsigned(long number, int i) {
    if (number < 0) {
      throw changed(Long.toUnsignedString(number), i);
    }
    return number;
  }

  private void put(ByteBuffer to, int i, double number) {
    if (column.dtype().isFPType()) {
      put(to, i, number, number);
      return;
    }
    if (!column.rounds() && number != Math.rint(number)) {
      throw changed(Double.toString(number), i);
    }
    put(to, i, (long) number);
  }

  private void put(ByteBuffer to, int i, long number) {
    if (column.dtype().isFPType()) {
      double floating = number;
      if ((long) floating != number && !column.rounds()) {
        throw changed(Long.toString(number), i);
      }
      put(to, i, floating, floating);
      return;
    }
    if (column.dtype() == DataType.UINT8) {
      if (number < 0 || number > 0xFF) {
        throw changed(Long.toString(number), i);
      }
      to.put(i, (byte) number);
      return;
    }
    boolean same =
        switch (column.dtype()) {
          case BOOL -> number == 0 || number == 1;
          case BYTE -> number == (byte) number;
          case SHORT -> number == (short) number;
          case UINT16 -> number >= 0 && number <= 0xFFFF;
          case INT -> number == (int) number;
          case UINT32 -> number >= 0 && number <= 0xFFFF_FFFFL;
          default -> true;
        };
    if (!same) {
      throw changed(Long.toString(number), i);
    }
    switch (column.dtype()) {
      case BOOL, BYTE -> to.put(i, (byte) number);
      case SHORT, UINT16 -> to.putShort(i * Short.BYTES, (short) number);
      case INT, UINT32 -> to.putInt(i * Integer.BYTES, (int) number);
      case LONG, UINT64 -> to.putLong(i * Long.BYTES, number);
      default -> throw unknown(column.dtype());
    }
  }

  private void put(ByteBuffer to, int i, double number, double given) {
    double stored =
        switch (column.dtype()) {
          case DOUBLE -> {
            to.putDouble(i * Double.BYTES, number);
            yield number;
          }
          case FLOAT -> {
            float single = (float) number;
            to.putFloat(i * Float.BYTES, single);
            yield single;
          }
          case HALF -> {
            short half = (short) HalfIndexer.fromFloat((float) number);
            to.putShort(i * Short.BYTES, half);
            yield HalfIndexer.toFloat(half);
          }
          case BFLOAT16 -> {
            short brain = (short) Bfloat16Indexer.fromFloat((float) number);
            to.putShort(i * Short.BYTES, brain);
            yield Bfloat16Indexer.toFloat(brain);
          }
          default -> throw unknown(column.dtype());
        };
    if (!column.rounds() && Double.compare(stored, given) != 0 && stored != given) {
      throw changed(Double.toString(given), i);
    }
  }

  private IllegalArgumentException changed(String number, int i) {
    return new IllegalArgumentException(
        column.label()
            + " holds "
            + number
            + " at "
            + column.sample().place(i)
            + " of a sample, which "
            + column.dtype()
            + " cannot hold; to round or cut off, call data.with(\""
            + column.name()
            + "\", column -> column.cast(DataType."
            + column.dtype()
            + "))");
  }

  private static IllegalArgumentException unknown(DataType type) {
    return new IllegalArgumentException("no numbers are converted from or to " + type);
  }
}
