package dev.tandem.core.worker;

import com.google.common.base.Throwables;
import com.google.common.collect.ImmutableList;
import com.google.common.util.concurrent.Uninterruptibles;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Workers that are threads of this process, each with models and trainers of its own. */
public final class ThreadWorkers {

  private final int count;

  ThreadWorkers(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("number of workers is not at least 1: " + count);
    }
    this.count = count;
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
   *     {@link WorkerException}
   */
  public <T> ImmutableList<T> call(Function<Workers, T> program) {
    ThreadMeeting meeting = new ThreadMeeting(count);
    AtomicReferenceArray<@Nullable T> results = new AtomicReferenceArray<>(count);
    List<Thread> threads = new ArrayList<>();
    for (int rank = 0; rank < count; rank++) {
      ThreadWorker worker = new ThreadWorker(meeting, rank);
      Runnable run =
          () -> {
            try {
              results.set(worker.rank(), program.apply(worker));
              meeting.leave(worker.rank());
            } catch (Throwable e) {
              meeting.fail(worker.rank(), e);
            }
          };
      threads.add(new Thread(run, "tandem-worker-" + rank));
    }
    threads.forEach(Thread::start);
    threads.forEach(Uninterruptibles::joinUninterruptibly);
    meeting
        .failure()
        .ifPresent(
            failure -> {
              Throwables.throwIfUnchecked(failure);
              throw new IllegalStateException(failure);
            });
    ImmutableList.Builder<T> all = ImmutableList.builder();
    for (int rank = 0; rank < count; rank++) {
      all.add(Objects.requireNonNull(results.get(rank), "a program of workers gave null"));
    }
    return all.build();
  }
}
