package dev.tandem.core.spark;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A message from worker to worker. Little-endian, as the numbers lie in memory.
 *
 * @param from rank of the sender
 * @param exchange number of the exchange that it belongs to, counted alike by all
 * @param samples what the sender's numbers count by
 * @param allFloats how many the sender exchanges, of which these are a part
 */
record Frame(
    Kind kind,
    int from,
    long exchange,
    long samples,
    int allFloats,
    int allDoubles,
    float[] floats,
    double[] doubles,
    byte[] bytes) {

  /** What a message is. */
  enum Kind {
    /** Who is at this end of the connection. */
    HELLO(1, "its name"),
    /** A part of the numbers of the sender. */
    PART(2, "a mean"),
    /** A part of the means. */
    MEAN(3, "a mean"),
    /** What the sender gives. */
    GIVEN(4, "what each gives"),
    /** The sender's program has ended. */
    LEAVES(5, "the end of its program"),
    /** The sender has failed; why, as text. */
    FAILED(6, "a failure");

    private final int code;
    private final String title;

    Kind(int code, String title) {
      this.code = code;
      this.title = title;
    }

    private static Kind of(int code) {
      for (Kind kind : values()) {
        if (kind.code == code) {
          return kind;
        }
      }
      throw new IllegalArgumentException("no message of a worker is of kind " + code);
    }

    /** What a worker that sends it asks for. */
    String title() {
      return title;
    }
  }

  private static final int HEADER = 4 * Integer.BYTES + 2 * Long.BYTES + 3 * Integer.BYTES;

  static Frame of(Kind kind, int from, long exchange, byte[] bytes) {
    return new Frame(kind, from, exchange, 1, 0, 0, new float[0], new double[0], bytes);
  }

  static Frame of(Kind kind, int from, long exchange, String text) {
    return of(kind, from, exchange, text.getBytes(StandardCharsets.UTF_8));
  }

  String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** The numbers [from, to) of two arrays. */
  record Slice(
      float[] floats,
      int floatsFrom,
      int floatsTo,
      double[] doubles,
      int doublesFrom,
      int doublesTo) {}

  /**
   * The bytes of a message with numbers.
   *
   * @param space used again if it is as large as needed
   */
  static ByteBuffer write(
      ByteBuffer space, Kind kind, int from, long exchange, long samples, Slice slice) {
    int slim = slice.floatsTo - slice.floatsFrom;
    int wide = slice.doublesTo - slice.doublesFrom;
    int size = Math.toIntExact(HEADER + (long) slim * Float.BYTES + (long) wide * Double.BYTES);
    ByteBuffer buffer = header(space, size, kind, from, exchange, samples);
    buffer.putInt(slice.floats.length).putInt(slice.doubles.length);
    buffer.putInt(slim).putInt(wide).putInt(0);
    buffer.asFloatBuffer().put(slice.floats, slice.floatsFrom, slim);
    buffer.position(HEADER + slim * Float.BYTES);
    buffer.asDoubleBuffer().put(slice.doubles, slice.doublesFrom, wide);
    return buffer.rewind();
  }

  /** The bytes of this message. */
  ByteBuffer write() {
    ByteBuffer space = ByteBuffer.allocate(0);
    ByteBuffer buffer = header(space, HEADER + bytes.length, kind, from, exchange, samples);
    buffer.putInt(0).putInt(0).putInt(0).putInt(0).putInt(bytes.length).put(bytes);
    return buffer.rewind();
  }

  private static ByteBuffer header(
      ByteBuffer space, int size, Kind kind, int from, long exchange, long samples) {
    ByteBuffer buffer = space.capacity() == size ? space.clear() : ByteBuffer.allocate(size);
    buffer.order(ByteOrder.LITTLE_ENDIAN);
    return buffer.putInt(kind.code).putInt(from).putLong(exchange).putLong(samples);
  }

  static Frame read(ByteBuffer message) {
    ByteBuffer buffer = message.slice().order(ByteOrder.LITTLE_ENDIAN);
    Kind kind = Kind.of(buffer.getInt());
    int from = buffer.getInt();
    long exchange = buffer.getLong();
    long samples = buffer.getLong();
    int allFloats = buffer.getInt();
    int allDoubles = buffer.getInt();
    float[] floats = new float[buffer.getInt()];
    double[] doubles = new double[buffer.getInt()];
    byte[] bytes = new byte[buffer.getInt()];
    buffer.asFloatBuffer().get(floats);
    buffer.position(HEADER + floats.length * Float.BYTES);
    buffer.asDoubleBuffer().get(doubles);
    buffer.position(buffer.position() + doubles.length * Double.BYTES);
    buffer.get(bytes);
    return new Frame(kind, from, exchange, samples, allFloats, allDoubles, floats, doubles, bytes);
  }
}
