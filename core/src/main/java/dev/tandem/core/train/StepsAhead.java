package dev.tandem.core.train;

import dev.tandem.core.op.Engine;
import dev.tandem.core.op.Guard;
import dev.tandem.core.op.LookedProgram;
import dev.tandem.core.op.LookedProgram.Finding;
import dev.tandem.core.op.LookedProgram.Report;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Precision;
import dev.tandem.core.op.Program;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The steps that an engine was asked for and that nobody has looked at yet, of one trainer or of
 * several that {@linkplain Trainer#stepWith step together}. An engine on a card makes them while
 * the host goes on; on others there are none, as each step is done when its call returns.
 *
 * <p>Where one of them fails, those that were asked for after it change nothing. Whoever looks next
 * finds everything as it was before the failed step, also what the host counts, and gets the error:
 * by {@link #settle}, by reading a result of such a step or a weight, or when a next step is asked
 * for and there are too many.
 */
public final class StepsAhead {

  /** The most steps that nobody has looked at. */
  private static final int MOST = LookedProgram.MOST_REPORTS;

  /** A run that was asked for. */
  static final class Asked {

    private final Report report;
    private final Supplier<RuntimeException> cause;

    /** What takes back what the host did in the belief that the run would be fine, in order. */
    private final List<Runnable> undoing = new ArrayList<>(4);

    private boolean settled;
    private @Nullable RuntimeException failure;

    private Asked(Report report, Supplier<RuntimeException> cause) {
      this.report = report;
      this.cause = cause;
    }
  }

  private final Engine engine;
  private final @Nullable Guard guard;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Asked> asked = new ArrayDeque<>();
  private @Nullable RuntimeException failure;
  private @Nullable Thread asker;
  private boolean looking;

  StepsAhead(Engine engine) {
    this.engine = engine;
    this.guard = engine.guard().orElse(null);
    if (guard != null) {
      guard.beforeReads(this::settle);
    }
  }

  /** Whether steps are asked for without waiting for them. */
  public boolean isAhead() {
    return guard != null;
  }

  boolean isOf(Engine other) {
    return engine == other;
  }

  /**
   * A program that runs after steps and changes nothing if one of them failed, such as an average
   * of weights; whoever asked for it closes it.
   */
  public Program prepare(OpGraph graph) {
    return guard == null ? engine.prepare(graph) : guard.behind(graph);
  }

  /** A program whose runs may be steps. */
  LookedProgram looked(OpGraph graph, Precision precision, Guard.Look look) {
    return Objects.requireNonNull(guard).looked(graph, precision, look);
  }

  /** Keeps looks of other threads waiting until {@link #leave} was called as often. */
  public void enter() {
    if (guard != null) {
      lock.lock();
    }
  }

  /** Ends what one {@link #enter} began. */
  public void leave() {
    if (guard != null) {
      lock.unlock();
    }
  }

  /**
   * Says how to take back what was just done, if a step that was asked for up to now turns out to
   * have failed.
   */
  public void undo(Runnable action) {
    if (guard == null) {
      return;
    }
    lock.lock();
    try {
      if (!asked.isEmpty()) {
        asked.getLast().undoing.add(action);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for all steps that were asked for.
   *
   * @throws NonFiniteException if one of them failed; everything is as it was before it
   */
  public void settle() {
    if (guard == null) {
      return;
    }
    lock.lock();
    try {
      if (!looking) {
        if (!asked.isEmpty()) {
          asked.getLast().report.take(); // one wait for all
        }
        while (!asked.isEmpty()) {
          settleFirst();
        }
        tell();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The same for the end, with the error as a value; nobody is told of it again. */
  public Optional<RuntimeException> settleLast() {
    if (guard == null) {
      return Optional.empty();
    }
    lock.lock();
    try {
      settle();
      return Optional.empty();
    } catch (RuntimeException e) {
      return Optional.of(e);
    } finally {
      asked.clear();
      failure = null;
      lock.unlock();
    }
  }

  /** Before a step is asked for, by a thread that has entered: waits where there are too many. */
  void makeRoom() {
    while (asked.size() >= MOST) {
      settleFirst();
    }
    tell();
    asker = Thread.currentThread();
  }

  /**
   * Adds a run, by a thread that has entered.
   *
   * @param cause makes the error if it fails, when all is as it was then
   */
  Asked add(Report report, Supplier<RuntimeException> cause) {
    Asked one = new Asked(report, cause);
    asked.add(one);
    return one;
  }

  /** Lets the engine go on after a step that failed, or that the host looks after. */
  void release() {
    Objects.requireNonNull(guard).release();
  }

  /**
   * Waits for a run.
   *
   * @throws NonFiniteException if it failed, or one before it did
   */
  void await(Asked one) {
    lock.lock();
    try {
      if (!one.settled) {
        one.report.take(); // one wait for all before it
      }
      while (!one.settled) {
        settleFirst();
      }
      if (one.failure != null) {
        if (failure == one.failure && Thread.currentThread() == asker) {
          failure = null;
        }
        throw one.failure;
      }
    } finally {
      lock.unlock();
    }
  }

  /** The error goes to every thread that looks, until the one that asked for the steps has it. */
  private void tell() {
    RuntimeException known = failure;
    if (known != null) {
      if (Thread.currentThread() == asker) {
        failure = null;
      }
      throw known;
    }
  }

  private void settleFirst() {
    Asked first = asked.getFirst();
    if (first.report.take() == Finding.FINE) {
      asked.removeFirst();
      first.settled = true;
      first.undoing.clear();
    } else {
      fail(first);
    }
  }

  private void fail(Asked first) {
    List<Asked> gone = new ArrayList<>(asked);
    asked.clear();
    looking = true;
    RuntimeException found;
    try {
      Objects.requireNonNull(guard).release();
      for (int i = gone.size() - 1; i >= 0; i--) {
        List<Runnable> undoing = gone.get(i).undoing;
        for (int k = undoing.size() - 1; k >= 0; k--) {
          undoing.get(k).run();
        }
      }
      found = first.cause.get();
    } catch (RuntimeException e) {
      found = e; // such as a card that is lost
    } finally {
      looking = false;
    }
    failure = found;
    for (Asked one : gone) {
      one.settled = true;
      one.failure = found;
      one.undoing.clear();
    }
  }
}
