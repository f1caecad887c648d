package dev.tandem.cuda;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.tandem.core.engine.TaskPlan;
import dev.tandem.core.engine.task.Task;
import dev.tandem.core.op.LookedProgram;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Program;
import dev.tandem.core.op.Variable;
import dev.tandem.cuda.device.Command;
import dev.tandem.cuda.device.Device;
import dev.tandem.cuda.device.DeviceMemoryException;
import dev.tandem.cuda.memory.CommandSequence;
import dev.tandem.cuda.memory.CudaBinding;
import dev.tandem.cuda.memory.GuardFlag;
import dev.tandem.cuda.memory.Guarding;
import dev.tandem.cuda.memory.Holding;
import dev.tandem.cuda.memory.Mirrors;
import dev.tandem.cuda.memory.SmallValues;
import dev.tandem.cuda.memory.Verdict;
import java.lang.ref.Cleaner;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A graph as commands of a card. A run asks for them and does not wait; whoever reads an output
 * does. For one thread at a time; what programs of one card share may be used by several.
 *
 * <p>Closing a program gives all of its memory back at once, and the last one of a variable brings
 * the values to the host. One that is never closed is found by the garbage collector, at some time,
 * and the first of them is logged as a warning.
 */
public final class CudaProgram implements LookedProgram {

  private static final Logger LOG = LoggerFactory.getLogger(CudaProgram.class);

  private final TaskPlan plan;
  private final Holding holding;
  private final Device device;
  private final CudaBinding binding;
  private final CommandSequence sequence;
  private final ImmutableMap<String, CudaFeed> feeds;
  private final ImmutableMap<String, CudaOutput> outputs;
  private final ImmutableList<Variable> assigned;
  private final @Nullable GuardFlag flag;
  private final @Nullable CudaReports reports;
  private final LongPointer clock;
  private final Cleaner.Cleanable watch;
  private long runs;
  private long downloaded;
  private boolean closed;

  /** A program of a plan; if it cannot be made, nothing is left on the card. */
  static CudaProgram of(TaskPlan plan, Guarding guarding, Mirrors mirrors) {
    Holding holding = new Holding(mirrors);
    try {
      return new CudaProgram(plan, guarding, holding);
    } catch (DeviceMemoryException e) {
      DeviceMemoryException explained = holding.explained(e);
      holding.close();
      throw explained;
    } catch (RuntimeException | Error e) {
      holding.close();
      throw e;
    }
  }

  private CudaProgram(TaskPlan plan, Guarding guarding, Holding holding) {
    this.plan = plan;
    this.flag = guarding.flag();
    this.holding = holding;
    this.device = holding.device();
    this.binding = new CudaBinding(plan, guarding, holding);
    this.sequence = binding.sequence();
    this.assigned =
        plan.source().assignments().stream()
            .map(OpGraph.Assignment::target)
            .collect(ImmutableList.toImmutableList());
    this.clock = new LongPointer(binding.fed().host(binding.clock()));
    ImmutableMap.Builder<String, CudaFeed> fed = ImmutableMap.builder();
    plan.feeds()
        .forEach(
            (name, view) ->
                fed.put(name, new CudaFeed(view.spec(), binding.address(view), binding, holding)));
    this.feeds = fed.buildOrThrow();
    ImmutableMap.Builder<String, CudaOutput> made = ImmutableMap.builder();
    plan.outputs()
        .forEach(
            (name, view) ->
                made.put(name, new CudaOutput(view.spec(), binding.address(view), holding)));
    this.outputs = made.buildOrThrow();
    Verdict verdict = binding.verdict();
    this.reports = verdict == null ? null : new CudaReports(binding, verdict, holding);
    if (!hostCalls().isEmpty()) {
      LOG.warn(
          "{} of a program for {} run on the host in every step, since they are no ops that a card"
              + " has; the card waits for them",
          hostCalls().stream().map(call -> call.op().opName()).distinct().toList(),
          device.description());
    }
    this.watch =
        holding.watch(this, sequence.commands().size() + " commands, outputs " + outputs.keySet());
  }

  @Override
  public OpGraph graph() {
    return plan.source();
  }

  /** What the card does in a run, in order. */
  public ImmutableList<Command> commands() {
    return sequence.commands();
  }

  /** The calls that the host runs in the middle of a run, in order: users' code. */
  public ImmutableList<OpCall> hostCalls() {
    return sequence.hostCalls();
  }

  /** What the program takes and does. */
  public CudaReport report() {
    return CudaReport.of(plan, sequence, holding.bytes());
  }

  @Override
  public OptionalLong bytes() {
    return OptionalLong.of(holding.bytes());
  }

  @Override
  public void feed(String name, INDArray values) {
    requireOpen();
    CudaFeed feed = feeds.get(name);
    Program.requireFeed(feed == null ? null : feed.array(), name, values);
    Objects.requireNonNull(feed).copy(values, device);
    binding.indices().feed(name, values);
  }

  @Override
  public void feed(String name, double value) {
    requireOpen();
    CudaFeed feed = feeds.get(name);
    Program.requireScalarFeed(feed == null ? null : feed.array(), name);
    Objects.requireNonNull(feed).put(value, device);
  }

  @Override
  public void run(long seed, long step) {
    if (reports != null && flag != null) {
      if (ask(seed, step).take() == Finding.HELD) {
        flag.set(false); // who did not ask for a look goes on
      }
    } else {
      start(seed, step);
    }
    binding.indices().requireComputed();
  }

  @Override
  public Report ask(long seed, long step) {
    if (reports == null) {
      throw new IllegalStateException("the runs of this program are not looked at");
    }
    start(seed, step);
    return reports.ask();
  }

  private void start(long seed, long step) {
    requireOpen();
    begin(seed, step);
    runAll();
  }

  private void runAll() {
    try {
      sequence.run();
    } catch (RuntimeException | Error e) {
      binding.touched();
      throw e;
    }
    binding.written();
  }

  private void begin(long seed, long step) {
    binding.indices().requireFed();
    clock.put(0, seed);
    clock.put(1, step);
    binding.uploadFed();
    binding.require();
    runs++;
  }

  /** Feeds and clock stay where they are as long as the flag is raised. */
  @Override
  public void repeat() {
    requireOpen();
    if (flag == null) {
      throw new IllegalStateException("the runs of this program are under no guard");
    }
    flag.set(true);
    try {
      binding.require();
      runs++;
      runAll();
    } finally {
      flag.set(false);
    }
  }

  @Override
  public Optional<RuntimeException> refusal() {
    try {
      binding.indices().requireComputed();
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(e);
    }
  }

  @Override
  public INDArray fed(String name) {
    requireOpen();
    CudaFeed feed = feeds.get(name);
    if (feed == null) {
      throw new IllegalArgumentException("there is no feed \"" + name + "\"");
    }
    return feed.now(device).dup();
  }

  @Override
  public INDArray output(String name) {
    requireOpen();
    CudaOutput output = outputs.get(name);
    if (output == null) {
      throw new IllegalArgumentException(
          "there is no output \"" + name + "\", but " + outputs.keySet());
    }
    if (output.isOlder(runs)) {
      read(output);
    }
    return output.array();
  }

  /** All small outputs come by one copy. */
  private void read(CudaOutput output) {
    SmallValues together = binding.made();
    Pointer to = output.array().data().addressPointer();
    if (!together.has(output.address())) {
      device.download(output.address(), to, output.bytes());
      return;
    }
    if (downloaded < runs) {
      together.download(device);
      downloaded = runs;
    }
    Pointer.memcpy(to, together.host(output.address()), output.bytes());
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
    Optional<Task> found;
    SavedValues saved = new SavedValues(assigned);
    try {
      if (reports == null) {
        begin(seed, step);
      } else {
        clock.put(0, seed);
        clock.put(1, step);
        binding.uploadClock();
        binding.require();
        runs++;
      }
      binding.written();
      found = NonFiniteSearch.in(plan.tasks(), binding, holding);
    } finally {
      saved.restore();
    }
    return found.map(
        task ->
            NonFiniteSearch.reachesBehind(task)
                ? NonFiniteSearch.exactly(graph(), feeds, device, seed, step).orElse(task.call())
                : task.call());
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the program is closed");
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      holding.close();
      watch.clean();
    }
  }
}
