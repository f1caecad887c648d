package dev.tandem.core.engine;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import dev.tandem.core.engine.kernel.Kernel;
import dev.tandem.core.engine.kernel.OmpThreads;
import dev.tandem.core.engine.kernel.StepClock;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Program;
import dev.tandem.core.op.Variable;
import java.lang.ref.Cleaner;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A graph as a fixed list of kernels on fixed buffers. A run goes through the list; it allocates
 * nothing and computes no shapes.
 *
 * <p>Variables are read and written in their own arrays, so plans that share variables may run
 * alternately, in any order. A plan is for one thread at a time, and so are plans that share a
 * variable that one of them writes; nothing in a plan belongs to a thread, so it may be made, run
 * and closed by different ones in turn. Trainers and predictors see to that; whoever runs plans
 * himself locks what he shares.
 *
 * <p>Closing a plan gives all of its native memory back at once. One that is never closed is found
 * by the garbage collector, at some time, and the first of them is logged as a warning.
 */
public final class Plan implements Program {

  private final TaskPlan plan;
  private final ImmutableList<BoundTask> tasks;
  private final Kernel[] kernels;
  private final ImmutableMap<String, FeedBuffer> feeds;
  private final ImmutableMap<String, INDArray> outputs;
  private final ImmutableList<Variable> assigned;
  private final Variable[] read;
  private final Variable[] written;
  private final StepClock clock;
  private final int threads;
  private final NativeScope scope;
  private final Cleaner.Cleanable watch;
  private boolean closed;

  Plan(
      TaskPlan plan,
      ImmutableList<BoundTask> tasks,
      ImmutableMap<String, INDArray> feeds,
      ImmutableMap<String, INDArray> outputs,
      ImmutableList<Variable> assigned,
      StepClock clock,
      OptionalInt threads,
      NativeScope scope) {
    this.plan = plan;
    this.tasks = tasks;
    this.kernels = tasks.stream().map(BoundTask::kernel).toArray(Kernel[]::new);
    this.feeds = ImmutableMap.copyOf(Maps.transformValues(feeds, FeedBuffer::new));
    this.outputs = outputs;
    this.assigned = assigned;
    this.read = plan.reads().toArray(Variable[]::new);
    this.written = assigned.toArray(Variable[]::new);
    this.clock = clock;
    this.threads = threads.orElse(0);
    this.scope = scope;
    this.watch = scope.watch(this, tasks.size() + " kernels, outputs " + outputs.keySet());
  }

  @Override
  public OpGraph graph() {
    return plan.source();
  }

  @Override
  public void feed(String name, INDArray values) {
    requireOpen();
    FeedBuffer feed = feeds.get(name);
    Program.requireFeed(feed == null ? null : feed.array(), name, values);
    Objects.requireNonNull(feed).copy(values);
  }

  @Override
  public void feed(String name, double value) {
    requireOpen();
    FeedBuffer feed = feeds.get(name);
    Program.requireScalarFeed(feed == null ? null : feed.array(), name).data().put(0, value);
  }

  @Override
  public void run(long seed, long step) {
    requireOpen();
    clock.set(seed, step);
    takeOver();
    if (threads == 0) {
      runAll();
      return;
    }
    int before = OmpThreads.limit(threads);
    try {
      runAll();
    } finally {
      OmpThreads.restore(before);
    }
  }

  /** Variables may have newer values in another engine's memory, which becomes outdated. */
  private void takeOver() {
    for (int i = 0; i < read.length; i++) {
      read[i].fetchMirror();
    }
    for (int i = 0; i < written.length; i++) {
      written[i].invalidateMirror();
    }
  }

  private void runAll() {
    for (Kernel kernel : kernels) {
      kernel.run();
    }
  }

  @Override
  public INDArray output(String name) {
    requireOpen();
    INDArray output = outputs.get(name);
    if (output == null) {
      throw new IllegalArgumentException(
          "there is no output \"" + name + "\", but " + outputs.keySet());
    }
    return output;
  }

  @Override
  public double scalar(String name) {
    INDArray output = output(name);
    if (output.length() != 1) {
      throw new IllegalArgumentException("output \"" + name + "\" is not a scalar");
    }
    return output.data().getDouble(0);
  }

  @Override
  public Optional<OpCall> findNonFinite(long seed, long step) {
    requireOpen();
    clock.set(seed, step);
    SavedVariables saved = new SavedVariables(assigned);
    takeOver();
    try {
      for (BoundTask task : tasks) {
        task.kernel().run();
        if (NonFinite.inAny(task.binding().outputs())) {
          return Optional.of(task.task().call());
        }
      }
      return Optional.empty();
    } finally {
      saved.restore();
    }
  }

  @Override
  public OptionalLong bytes() {
    requireOpen();
    return OptionalLong.of(scope.bytes());
  }

  /** What the plan does, without running it. */
  public PlanProfile describe() {
    return profile(0);
  }

  /**
   * What the plan does and how long its kernels take: the median of a number of runs with the feeds
   * of now. Variables have their old values afterwards.
   */
  public PlanProfile profile(int runs) {
    requireOpen();
    Profiler profiler = new Profiler(tasks, runs);
    SavedVariables saved = new SavedVariables(assigned);
    takeOver();
    try {
      for (int i = 0; i < runs; i++) {
        profiler.run(i);
      }
    } finally {
      saved.restore();
    }
    return new PlanProfile(
        profiler.entries(), HostMemory.arenaBytes(plan.memory()), plan.memory().unsharedBytes());
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the plan is closed");
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      scope.close();
      watch.clean();
    }
  }
}
