package dev.tandem.core.train;

import java.util.ConcurrentModificationException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A check that one thread at a time uses an object: a second one is refused at once. Threads may
 * use it one after another, and one that is inside may enter again.
 */
public final class ThreadGuard {

  private final Object guarded;
  private final AtomicReference<@Nullable Thread> owner = new AtomicReference<>();
  private int depth;

  /**
   * A guard with nobody inside.
   *
   * @param guarded what messages name
   */
  public ThreadGuard(Object guarded) {
    this.guarded = guarded;
  }

  /**
   * Takes the object for this thread, until it {@linkplain #leave leaves} as often as it entered.
   *
   * @throws ConcurrentModificationException if another thread is inside
   */
  public void enter() {
    Thread self = Thread.currentThread();
    Thread inside = owner.get();
    if (inside != self && !owner.compareAndSet(null, self)) {
      throw new ConcurrentModificationException(
          guarded
              + " is used by the thread \""
              + self.getName()
              + "\" while"
              + (inside == null ? " another one" : " the thread \"" + inside.getName() + "\"")
              + " is in the middle of a call; use it from one thread at a time, or compile a"
              + " trainer for each");
    }
    depth++;
  }

  /** Ends what the last {@link #enter} began. */
  public void leave() {
    depth--;
    if (depth == 0) {
      owner.set(null);
    }
  }
}
