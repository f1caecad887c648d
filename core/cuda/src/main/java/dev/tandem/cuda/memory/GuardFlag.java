package dev.tandem.cuda.memory;

import dev.tandem.cuda.device.Device;
import org.bytedeco.javacpp.LongPointer;
import org.jspecify.annotations.Nullable;

/**
 * The word on a card that says whether a guard is held, there as long as programs use it, and who
 * is told before the host reads what these write.
 */
public final class GuardFlag {

  private final Device device;
  private final LongPointer words = new LongPointer(0, 1);
  private volatile @Nullable Runnable listener;
  private long address;
  private int users;

  /** A flag that is not held. */
  public GuardFlag(Mirrors mirrors) {
    this.device = mirrors.device();
  }

  /** Its address until {@link #leave} was called as often. */
  synchronized long enter() {
    if (users == 0) {
      address = device.allocate(Long.BYTES);
      device.upload(words, address, Long.BYTES);
    }
    users++;
    return address;
  }

  synchronized void leave() {
    users--;
    if (users == 0) {
      device.free(address);
      address = 0;
    }
  }

  /** The address, while somebody uses it. */
  synchronized long address() {
    return address;
  }

  /** Lets runs after this be left out, or not. Without programs there is none. */
  public synchronized void set(boolean held) {
    if (address != 0) {
      device.upload(held ? words.getPointer(1) : words, address, Long.BYTES);
    }
  }

  /** Whether the guard is held; waits for the card. */
  synchronized boolean isHeld() {
    try (LongPointer word = new LongPointer(1)) {
      device.download(address, word, Long.BYTES);
      return word.get() != 0;
    }
  }

  /** Sets who is told before the host reads. */
  public void beforeReads(@Nullable Runnable next) {
    listener = next;
  }

  void beforeRead() {
    Runnable known = listener;
    if (known != null) {
      known.run();
    }
  }
}
