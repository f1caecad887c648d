package dev.tandem.core.io;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.nd4j.linalg.api.concurrency.AffinityManager.Location;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The memory of a 'c' array itself, some megabytes at a time: no copy is made. */
public final class ArrayMemory {

  /** A use of a part of the memory, in the machine's byte order. */
  interface Action {

    void on(ByteBuffer bytes) throws IOException;
  }

  private static final long WINDOW = 1 << 22;

  private ArrayMemory() {}

  /** Shows an array's bytes, from the first to the last. */
  static void read(INDArray array, Action action) throws IOException {
    Nd4j.getAffinityManager().ensureLocation(array, Location.HOST);
    forEachWindow(array, action);
  }

  /** Writes an array's bytes, the least first as on all machines that ND4J runs on. */
  public static void copy(INDArray array, OutputStream out) throws IOException {
    byte[] part = new byte[(int) Math.min(WINDOW, Math.max(1, length(array)))];
    read(
        array,
        bytes -> {
          int length = bytes.remaining();
          bytes.get(part, 0, length);
          out.write(part, 0, length);
        });
  }

  private static long length(INDArray array) {
    return array.length() * array.data().getElementSize();
  }

  /** Lets an array's bytes be written, from the first to the last. */
  static void write(INDArray array, Action action) throws IOException {
    Nd4j.getAffinityManager().ensureLocation(array, Location.HOST);
    forEachWindow(array, action);
    Nd4j.getAffinityManager().tagLocation(array, Location.HOST);
  }

  private static void forEachWindow(INDArray array, Action action) throws IOException {
    long length = length(array);
    BytePointer memory = new BytePointer(array.data().addressPointer());
    try {
      for (long at = 0; at < length; at += WINDOW) {
        memory.position(at).limit(Math.min(at + WINDOW, length));
        action.on(memory.asByteBuffer());
      }
    } finally {
      Reference.reachabilityFence(array); // its memory is freed with it
    }
  }
}
