package dev.tandem.cuda.driver;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The places in memory that is used round and round: whoever takes one waits until what lay there
 * was read. Places lie one after another; marks say how far reading has come, and are made only now
 * and then.
 *
 * @param <T> a mark: everything that was asked for before it was made has been read once it is
 *     reached
 */
final class Ring<T> {

  private static final int STRETCHES = 16;

  private record Stretch<T>(long begin, long end, T mark) {
    boolean meets(long from, long to) {
      return begin < to && from < end;
    }
  }

  private final long capacity;
  private final Deque<Stretch<T>> marked = new ArrayDeque<>();
  private long begin;
  private long head;

  Ring(long capacity) {
    this.capacity = capacity;
  }

  /** The most that one place has. */
  long most() {
    return capacity / 4;
  }

  /**
   * A place that nobody reads any more.
   *
   * @param bytes at most {@link #most()}
   * @param mark makes a mark for what was asked for up to now
   * @param reach waits for a mark
   * @return where it begins
   */
  long take(long bytes, Supplier<T> mark, Consumer<T> reach) {
    if (bytes > most()) {
      throw new IllegalArgumentException(bytes + " bytes are more than " + most());
    }
    boolean full = head + bytes > capacity;
    if (full || head - begin >= capacity / STRETCHES) {
      end(mark);
    }
    if (full) {
      begin = 0;
      head = 0;
    }
    long from = head;
    while (marked.stream().anyMatch(stretch -> stretch.meets(from, from + bytes))) {
      reach.accept(marked.remove().mark());
    }
    head += bytes;
    return from;
  }

  private void end(Supplier<T> mark) {
    if (head > begin) {
      marked.add(new Stretch<>(begin, head, mark.get()));
      begin = head;
    }
  }
}
