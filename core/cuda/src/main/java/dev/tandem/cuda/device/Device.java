package dev.tandem.cuda.device;

import dev.tandem.core.op.Precision;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.Pointer;

/**
 * A card, as the engine sees it: memory, and commands that run in the order they are given. Without
 * decisions: what runs is decided above. All methods may be called by any thread, one at a time.
 */
public interface Device extends AutoCloseable {

  /** What it is, as in {@code NVIDIA H200, capability 9.0}. */
  String description();

  /**
   * What keeps it from a precision, as part of a sentence; empty if it has it.
   *
   * @see dev.tandem.core.op.Engine#lacks
   */
  default Optional<String> lacks(Precision precision) {
    return Optional.empty();
  }

  /**
   * Memory of undefined contents, aligned to 256 bytes.
   *
   * @return its address, never 0
   * @throws DeviceException if there is not so much; says what was asked and what is free
   */
  long allocate(long bytes);

  /** Gives memory back once all that was asked before has run. */
  void free(long address);

  /** Copies from the host, after all that was asked before; the host's memory is free at once. */
  void upload(Pointer host, long device, long bytes);

  /** Copies to the host all that was asked before, and waits for it. */
  void download(long device, Pointer host, long bytes);

  /**
   * Makes places on the host to which copies from the card come without being waited for.
   *
   * @param bytes of each place
   * @param places how many there are
   */
  Inbox inbox(long bytes, int places);

  /**
   * Makes commands ready: compiles kernels, chooses algorithms.
   *
   * @param commands run in this order
   */
  Recording record(List<Command> commands);

  /** Waits until all that was asked has run. */
  void synchronize();

  @Override
  void close();

  /** Places on the host, in memory that a card can write. */
  interface Inbox extends AutoCloseable {

    /** Asks for a copy of what was asked before; does not wait for it. */
    void bring(long device, int place);

    /**
     * Waits for the last copy to a place, by any thread and without keeping others waiting.
     *
     * @return where it is, until the next one to this place
     */
    Pointer await(int place);

    @Override
    void close();
  }

  /** Commands that are ready to run, again and again. */
  interface Recording extends AutoCloseable {

    /** Asks for one run; does not wait for it. */
    void run();

    @Override
    void close();
  }
}
