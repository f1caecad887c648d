package dev.tandem.core.spark;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A message from a worker to the driver.
 *
 * @param rank of the worker
 * @param name of a message, or the worker's host
 */
record Letter(Kind kind, int rank, String name, byte[] content) {

  /** What a message is. */
  enum Kind {
    /** The worker is there, at an address; answered with those of all when all are. */
    HERE,
    /** The worker is connected with all others, and all agree. */
    READY,
    /** Something for who listens. */
    TOLD,
    /** The worker has failed: a {@link Failure}. */
    FAILED,
    /** The worker's program has ended. */
    DONE
  }

  ByteBuffer write() {
    byte[] kindName = kind.name().getBytes(StandardCharsets.UTF_8);
    byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
    int size = Math.toIntExact(16L + kindName.length + nameBytes.length + content.length);
    ByteBuffer buffer = ByteBuffer.allocate(size);
    put(buffer.putInt(rank), kindName);
    put(buffer, nameBytes);
    put(buffer, content);
    return buffer.rewind();
  }

  static Letter read(ByteBuffer message) {
    ByteBuffer buffer = message.slice();
    int rank = buffer.getInt();
    Kind kind = Kind.valueOf(text(buffer));
    return new Letter(kind, rank, text(buffer), bytes(buffer));
  }

  private static void put(ByteBuffer buffer, byte[] bytes) {
    buffer.putInt(bytes.length).put(bytes);
  }

  private static String text(ByteBuffer buffer) {
    return new String(bytes(buffer), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.getInt()];
    buffer.get(bytes);
    return bytes;
  }
}
