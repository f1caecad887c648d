package dev.tandem.core.engine.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.bytedeco.javacpp.Pointer;

/**
 * Memory that the kernels of one plan work in, one kernel after another: as much as the one that
 * asks for most. It is there once all of them are bound.
 */
public final class Scratchpad {

  private final List<Consumer<Pointer>> users = new ArrayList<>();
  private long bytes;

  /**
   * Asks for memory.
   *
   * @param size in bytes
   * @param user gets its address before the first run
   */
  public void require(long size, Consumer<Pointer> user) {
    bytes = Math.max(bytes, size);
    users.add(user);
  }

  /** The bytes that are asked for. */
  public long bytes() {
    return bytes;
  }

  /** Tells those who asked where the memory lies. */
  public void place(Pointer memory) {
    users.forEach(user -> user.accept(memory));
    users.clear();
  }
}
