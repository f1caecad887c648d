package dev.tandem.gan.data;

import dev.tandem.core.data.DataFileException;
import java.util.Locale;
import org.bytedeco.javacpp.Pointer;

/** The memory for arrays, which lies outside of the Java heap and has limits of its own. */
final class ArrayMemory {

  private static final String PROPERTY = "org.bytedeco.javacpp.";
  private static final long GIGA = 1L << 30;

  private ArrayMemory() {}

  /**
   * Refuses what there is no memory for.
   *
   * @param file where the data came from
   * @param what takes the memory, as in {@code 60,000 pictures of 64×64 pixels}
   * @throws DataFileException if it takes more than is left
   */
  static void require(String file, String what, long bytes) {
    long arrays = left(Pointer.maxBytes(), Pointer.totalBytes());
    long process = left(Pointer.maxPhysicalBytes(), Pointer.physicalBytes());
    if (bytes <= Math.min(arrays, process)) {
      return;
    }
    throw new DataFileException(
        file,
        String.format(
            Locale.ROOT,
            "%s take %s as float32, and there is room for %s; take fewer or smaller ones, or give"
                + " the JVM as much memory as the machine has for it: -D%smaxbytes=%dg"
                + " -D%smaxphysicalbytes=%dg",
            what,
            Amounts.bytes(bytes),
            Amounts.bytes(Math.min(arrays, process)),
            PROPERTY,
            gigabytes(Pointer.totalBytes() + bytes),
            PROPERTY,
            gigabytes(Pointer.physicalBytes() + bytes)));
  }

  /** How much is left of a limit, of which 0 says that there is none. */
  private static long left(long limit, long used) {
    return limit == 0 ? Long.MAX_VALUE : Math.max(0, limit - used);
  }

  /** So many and one for training, of 2³⁰ bytes, rounded up. */
  private static long gigabytes(long bytes) {
    return bytes / GIGA + 2;
  }
}
