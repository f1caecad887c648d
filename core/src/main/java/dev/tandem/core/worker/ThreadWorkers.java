package dev.tandem.core.worker;

import com.google.common.base.Throwables;
import com.google.common.collect.ImmutableList;
import com.google.common.util.concurrent.Uninterruptibles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Workers that are threads of this process, each with models and trainers of its own, and with a
 * card of its own where they are {@linkplain Workers#cards on cards}.
 */
public final class ThreadWorkers {

  private static final Logger LOG = LoggerFactory.getLogger(ThreadWorkers.class);

  private static final Duration PATIENCE_OF_CARDS = Duration.ofMinutes(5);

  /** What a worker that is told to end has for that. */
  private static final Duration LAST = Duration.ofSeconds(10);

  private static final Duration LOOK = Duration.ofMillis(20);

  private final int count;
  private final @Nullable Duration patience;
  private final @Nullable CardProvider cards;

  private ThreadWorkers(int count, @Nullable Duration patience, @Nullable CardProvider cards) {
    this.count = requireSome(count);
    this.patience = patience;
    this.cards = cards;
  }

  static int requireSome(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("number of workers is not at least 1: " + count);
    }
    return count;
  }

  static ThreadWorkers of(int count) {
    return new ThreadWorkers(count, null, null);
  }

  /**
   * Workers with cards of some kind, as {@link Workers#cards} gives them.
   *
   * @param count how many, at least 1
   * @param cards opens them when a program runs
   */
  public static ThreadWorkers onCards(int count, CardProvider cards) {
    return new ThreadWorkers(count, PATIENCE_OF_CARDS, Objects.requireNonNull(cards, "cards"));
  }

  /**
   * The same with a limit for how long a worker waits for another one, in a step and while that one
   * saves, before all end: without limit for threads, 5 minutes for cards, if it is not said.
   *
   * @throws IllegalArgumentException if it is less than a second
   */
  public ThreadWorkers patience(Duration longest) {
    if (longest.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("patience is not at least a second: " + longest);
    }
    return new ThreadWorkers(count, longest, cards);
  }

  /**
   * Runs a program on every worker and waits for all.
   *
   * @throws RuntimeException what the first worker that failed threw; the others have ended with a
   *     {@link WorkerException}
   */
  public void run(Consumer<Workers> program) {
    call(
        worker -> {
          program.accept(worker);
          return worker.rank();
        });
  }

  /**
   * Runs a program on every worker and waits for all.
   *
   * @return what each gives, in the order of ranks
   * @throws RuntimeException what the first worker that failed threw; the others have ended with a
   *     {@link WorkerException}. A worker for which others had no more patience is interrupted, and
   *     left behind if it does not end
   * @throws IllegalStateException if cards cannot be opened; no program has begun then
   */
  public <T> ImmutableList<T> call(Function<Workers, T> program) {
    if (cards == null || patience == null) {
      return call(program, null).results();
    }
    CardGroup group = cards.open(count, patience);
    boolean closes = true;
    try {
      Ended<T> ended = call(program, group);
      closes = ended.all();
      return ended.results();
    } finally {
      if (closes) {
        group.close();
      }
    }
  }

  /**
   * What has come of a program.
   *
   * @param all whether all threads have ended
   */
  private record Ended<T>(
      ThreadMeeting meeting, AtomicReferenceArray<@Nullable T> made, boolean all) {

    ImmutableList<T> results() {
      meeting
          .failure()
          .ifPresent(
              failure -> {
                Throwables.throwIfUnchecked(failure);
                throw new IllegalStateException(failure);
              });
      ImmutableList.Builder<T> results = ImmutableList.builder();
      for (int rank = 0; rank < made.length(); rank++) {
        results.add(Objects.requireNonNull(made.get(rank), "a program of workers gave null"));
      }
      return results.build();
    }
  }

  private <T> Ended<T> call(Function<Workers, T> program, @Nullable CardGroup group) {
    ThreadMeeting meeting = new ThreadMeeting(count, patience);
    AtomicReferenceArray<@Nullable T> results = new AtomicReferenceArray<>(count);
    List<Thread> threads = new ArrayList<>();
    for (int rank = 0; rank < count; rank++) {
      ThreadWorker worker = new ThreadWorker(meeting, rank, group);
      Runnable run =
          () -> {
            try {
              results.set(worker.rank(), program.apply(worker));
              meeting.leave(worker.rank());
            } catch (Throwable e) {
              meeting.fail(worker.rank(), e);
            }
          };
      Thread thread = new Thread(run, "tandem-worker-" + rank);
      thread.setDaemon(true);
      threads.add(thread);
    }
    threads.forEach(Thread::start);
    return new Ended<>(meeting, results, join(threads, meeting));
  }

  /** Waits for all; not without end for one that others have given up. */
  private boolean join(List<Thread> threads, ThreadMeeting meeting) {
    if (patience == null) {
      threads.forEach(Uninterruptibles::joinUninterruptibly);
      return true;
    }
    while (isAlive(threads) && meeting.failure().isEmpty()) {
      joinAll(threads, LOOK);
    }
    OptionalInt hung = meeting.hung();
    hung.ifPresent(rank -> threads.get(rank).interrupt());
    joinAll(threads, hung.isPresent() ? LAST : patience);
    if (isAlive(threads)) {
      threads.forEach(Thread::interrupt);
      joinAll(threads, LAST);
    }
    for (Thread thread : threads) {
      if (thread.isAlive()) {
        LOG.error(
            "{} does not end and is left behind, with what it has in memory and on its card, at"
                + " {}",
            thread.getName(),
            List.of(thread.getStackTrace()).stream().limit(3).toList());
      }
    }
    return !isAlive(threads);
  }

  private static boolean isAlive(List<Thread> threads) {
    return threads.stream().anyMatch(Thread::isAlive);
  }

  private static void joinAll(List<Thread> threads, Duration longest) {
    long end = System.nanoTime() + longest.toNanos();
    for (Thread thread : threads) {
      long left = Math.max(1, end - System.nanoTime());
      Uninterruptibles.joinUninterruptibly(thread, Duration.ofNanos(left));
    }
  }
}
