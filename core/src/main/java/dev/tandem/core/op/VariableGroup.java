package dev.tandem.core.op;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * Variables that steps read or write together, with one lock for all of them. Whoever computes with
 * several variables joins their groups first; groups only grow. Readers share the lock, a writer
 * has it alone, and whoever waits longest comes next.
 *
 * <p>A thread holds the lock of one group at a time and joins none meanwhile, so no two threads
 * wait for each other.
 */
public final class VariableGroup {

  private static final AtomicLong NUMBERS = new AtomicLong();

  private final long number = NUMBERS.getAndIncrement();
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock(true);
  private volatile @Nullable VariableGroup larger;

  VariableGroup() {}

  /**
   * The group of all these variables, joined from theirs.
   *
   * @throws IllegalStateException if this thread is in the middle of a step on one of them
   */
  public static VariableGroup of(Iterable<Variable> variables) {
    VariableGroup all = null;
    for (Variable variable : variables) {
      all = all == null ? variable.group().root() : join(all, variable.group());
    }
    return all == null ? new VariableGroup() : all;
  }

  /** A number that tells it from all other groups of this process, until it is joined. */
  public long number() {
    return root().number;
  }

  private static VariableGroup join(VariableGroup a, VariableGroup b) {
    while (true) {
      VariableGroup first = a.root();
      VariableGroup second = b.root();
      if (first == second) {
        return first;
      } else if (first.number > second.number) {
        VariableGroup swapped = first;
        first = second;
        second = swapped;
      }
      first.requireFree();
      second.requireFree();
      first.lock.writeLock().lock();
      second.lock.writeLock().lock();
      try {
        if (first.larger == null && second.larger == null) {
          second.larger = first;
          return first;
        }
      } finally {
        second.lock.writeLock().unlock();
        first.lock.writeLock().unlock();
      }
    }
  }

  private void requireFree() {
    if (lock.isWriteLockedByCurrentThread() || lock.getReadHoldCount() > 0) {
      throw new IllegalStateException(
          "a model is compiled in the middle of a step on its weights; compile it between steps");
    }
  }

  private VariableGroup root() {
    VariableGroup root = this;
    while (root.larger != null) {
      root = root.larger;
    }
    return root;
  }

  /** Waits until nobody writes, and returns the lock, held for reading: unlock it afterwards. */
  @SuppressWarnings("LockNotBeforeTry") // whoever asked unlocks it
  public Lock read() {
    while (true) {
      VariableGroup root = root();
      Lock held = root.lock.readLock();
      held.lock();
      if (root.larger == null) {
        return held;
      }
      held.unlock();
    }
  }

  /** Waits until nobody reads or writes, and returns the lock, held: unlock it afterwards. */
  @SuppressWarnings("LockNotBeforeTry") // whoever asked unlocks it
  public Lock write() {
    while (true) {
      VariableGroup root = root();
      Lock held = root.lock.writeLock();
      held.lock();
      if (root.larger == null) {
        return held;
      }
      held.unlock();
    }
  }
}
