package dev.tandem.cuda.memory;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import dev.tandem.core.engine.TaskPlan;
import dev.tandem.core.engine.task.Buffer;
import dev.tandem.core.engine.task.BufferView;
import dev.tandem.core.engine.task.PlanChoice;
import dev.tandem.core.engine.task.Task;
import dev.tandem.core.op.Constant;
import dev.tandem.core.op.Fill;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Variable;
import dev.tandem.core.tensor.OwnedArrays;
import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.cuda.device.Command;
import dev.tandem.cuda.device.Device;
import dev.tandem.cuda.kernel.CommandGroups;
import dev.tandem.cuda.kernel.CudaChoice;
import dev.tandem.cuda.kernel.Places;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The buffers of a plan as addresses on a card, and its tasks as commands on them. */
public final class CudaBinding {

  private static final long SMALL_BYTES = 64 * 1024;
  private static final long ALIGNMENT = 256;

  private final TaskPlan plan;
  private final Holding holding;
  private final Device device;
  private final Map<Buffer, Long> addresses = new HashMap<>();
  private final SmallValues fed = new SmallValues();
  private final SmallValues made = new SmallValues();
  private final List<CommandGroups.Stretch> temporary = new ArrayList<>();
  private final Staging staging = new Staging();
  private final Guarding guarding;
  private final ImmutableMap<String, Long> apart;
  private final @Nullable Verdict verdict;
  private final long clock;
  private final IndexErrors indices;
  private final Mirror[] read;
  private final Mirror[] written;

  /**
   * Takes the memory of a plan, and computes its constants.
   *
   * @param guarding what the runs have to do with a guard
   * @param holding owns all of it, also if this fails
   */
  public CudaBinding(TaskPlan plan, Guarding guarding, Holding holding) {
    this.plan = plan;
    this.guarding = guarding;
    if (guarding.flag() != null) {
      holding.use(guarding.flag());
    }
    this.holding = holding;
    this.device = holding.device();
    placeArenas();
    Map<Variable, Mirror> mirrors = new LinkedHashMap<>();
    plan.variables()
        .forEach(
            (variable, buffer) -> {
              Mirror mirror = holding.use(variable);
              mirrors.put(variable, mirror);
              addresses.put(buffer, mirror.address());
            });
    this.read = plan.reads().stream().map(mirrors::get).toArray(Mirror[]::new);
    this.written =
        plan.source().assignments().stream()
            .map(OpGraph.Assignment::target)
            .map(mirrors::get)
            .toArray(Mirror[]::new);
    this.clock = placeFeeds();
    this.apart = placeOutputs();
    this.indices = new IndexErrors(plan, holding);
    setUp();
    GuardFlag flag = guarding.flag();
    if (flag != null) {
      for (Mirror mirror : written) {
        holding.guard(mirror, flag);
      }
    }
    this.verdict =
        guarding.look() == null
            ? null
            : new Verdict(plan, this, Objects.requireNonNull(guarding.look()), mirrors, holding);
  }

  private void placeArenas() {
    Map<DataType, Long> arenas = new HashMap<>();
    plan.memory()
        .arenas()
        .forEach(
            (dtype, length) -> {
              long bytes = length * dtype.width();
              long address = holding.allocate(bytes);
              arenas.put(dtype, address);
              temporary.add(new CommandGroups.Stretch(address, bytes));
            });
    Set<Buffer> small = new LinkedHashSet<>();
    plan.memory()
        .begins()
        .forEach(
            (buffer, begin) -> {
              if (buffer.bytes() <= SMALL_BYTES) {
                small.add(buffer);
              } else {
                long arena = Objects.requireNonNull(arenas.get(buffer.dtype()));
                addresses.put(buffer, arena + begin * buffer.dtype().width());
              }
            });
    placeApart(small);
  }

  /** Small values do not take turns in one place, so that kernels need not wait for each other. */
  private void placeApart(Set<Buffer> small) {
    long bytes = small.stream().mapToLong(CudaBinding::aligned).sum();
    if (bytes == 0) {
      return;
    }
    long at = holding.allocate(bytes);
    temporary.add(new CommandGroups.Stretch(at, bytes));
    for (Buffer buffer : small) {
      addresses.put(buffer, at);
      at += aligned(buffer);
    }
  }

  private static long aligned(Buffer buffer) {
    return (Math.max(1, buffer.bytes()) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  private long placeFeeds() {
    long offset = fed.add(2L * Long.BYTES);
    Map<Buffer, Long> small = new LinkedHashMap<>();
    plan.feeds().values().forEach(view -> place(view, fed, small));
    settle(fed, small);
    if (guarding.look() != null) {
      staging.add(fed.address(0), fed.bytes(), holding);
      plan.feeds()
          .values()
          .forEach(
              view -> {
                if (!small.containsKey(view.buffer())) {
                  staging.add(address(view), view.buffer().bytes(), holding);
                }
              });
    }
    return fed.address(offset);
  }

  /** Gives the places of scalars that are no outputs of tasks, where runs are looked at. */
  private ImmutableMap<String, Long> placeOutputs() {
    Map<Buffer, Long> small = new LinkedHashMap<>();
    for (Task task : plan.tasks()) {
      for (BufferView output : task.outputs()) {
        if (output.buffer().home() == Buffer.Home.OUTPUT) {
          place(output, made, small);
        }
      }
    }
    Map<String, Long> offsets = new LinkedHashMap<>();
    if (guarding.look() != null) {
      offsets.put(Verdict.REPORT, made.add(2L * Long.BYTES));
      plan.outputs()
          .forEach(
              (name, view) -> {
                if (view.spec().shape().length() == 1 && !small.containsKey(view.buffer())) {
                  offsets.put(name, made.add(Long.BYTES));
                }
              });
    }
    settle(made, small);
    return ImmutableMap.copyOf(Maps.transformValues(offsets, made::address));
  }

  private void place(BufferView view, SmallValues together, Map<Buffer, Long> small) {
    Buffer buffer = view.buffer();
    if (SmallValues.take(buffer.bytes())) {
      small.computeIfAbsent(buffer, b -> together.add(b.bytes()));
    } else {
      placeAlone(view);
    }
  }

  private void settle(SmallValues together, Map<Buffer, Long> small) {
    together.place(holding);
    small.forEach((buffer, offset) -> addresses.put(buffer, together.address(offset)));
  }

  private void placeAlone(BufferView view) {
    addresses.computeIfAbsent(view.buffer(), buffer -> holding.allocate(buffer.bytes()));
  }

  private void setUp() {
    ImmutableList.Builder<Task> computed = ImmutableList.builder();
    for (Task task : plan.setup()) {
      task.outputs().forEach(this::placeAlone);
      task.scratch().forEach(this::placeAlone);
      if (task.choice() == PlanChoice.LITERAL) {
        uploadLiteral(task);
      } else {
        computed.add(task);
      }
    }
    ImmutableList<Task> tasks = computed.build();
    if (!tasks.isEmpty()) {
      try (Holding once = holding.forAWhile()) {
        sequence(tasks, once).run();
        device.synchronize();
        indices.requireComputed();
      }
    }
  }

  private void uploadLiteral(Task task) {
    BufferView output = task.outputs().get(0);
    TensorSpec spec = output.spec();
    if (spec.shape().length() > 0) {
      INDArray array = OwnedArrays.create(spec);
      if (task.call().op() instanceof Fill fill) {
        array.assign(fill.number());
      } else {
        array.assign(((Constant) task.call().op()).array());
      }
      device.upload(array.data().addressPointer(), address(output), output.buffer().bytes());
      OwnedArrays.free(array);
    }
  }

  /** Where a value lies. */
  public long address(BufferView view) {
    Buffer root = plan.memory().hosts().root(view.buffer());
    return Objects.requireNonNull(addresses.get(root), () -> "no place for " + view)
        + view.offset() * view.spec().dtype().width();
  }

  /**
   * Tasks of the plan, ready to run.
   *
   * @param owner of what that takes
   */
  public CommandSequence sequence(List<Task> tasks, Holding owner) {
    // who runs some tasks alone looks at what they leave in the arenas
    boolean isWhole = tasks.equals(plan.tasks());
    return CommandSequence.of(
        tasks, owner, this::commands, this::address, isWhole ? frame() : CommandFrame.NONE);
  }

  private CommandFrame frame() {
    ImmutableList<CommandGroups.Stretch> free = ImmutableList.copyOf(temporary);
    GuardFlag flag = guarding.flag();
    return verdict == null || flag == null
        ? new CommandFrame(ImmutableList.of(), ImmutableList.of(), free, flag)
        : new CommandFrame(
            ImmutableList.of(Guarded.launch(staging.command(), flag.address())),
            verdict.commands(flag.address()),
            free,
            null);
  }

  /** Where to copy what is fed at an address. */
  public long staged(long address) {
    return staging.of(address);
  }

  /** Where a scalar output is found among the small ones, where runs are looked at. */
  long report(String name) {
    Long place = apart.get(name);
    return place == null ? address(Objects.requireNonNull(plan.outputs().get(name), name)) : place;
  }

  /** The look at runs; null if there is none. */
  public @Nullable Verdict verdict() {
    return verdict;
  }

  /** Copies the small feeds and the clock to the card. */
  public void uploadFed() {
    fed.upload(device, staging.of(fed.address(0)));
  }

  /** Copies the clock alone to where a run reads it. */
  public void uploadClock() {
    device.upload(fed.host(clock), clock, 2L * Long.BYTES);
  }

  private List<Command> commands(Task task) {
    if (task.choice() instanceof CudaChoice choice) {
      return choice.commands(
          new Places(
              task.call(),
              all(task.inputs()),
              all(task.outputs()),
              all(task.scratch()),
              clock,
              indices.address(task.call())));
    } else if (task.choice() == PlanChoice.COPY) {
      BufferView from = task.inputs().get(0);
      long bytes = from.spec().shape().length() * from.spec().dtype().width();
      return List.of(new Command.Copy(address(from), address(task.outputs().get(0)), bytes));
    }
    throw new IllegalStateException(
        "the library \""
            + task.library()
            + "\" has no kernels for a card, but "
            + task.choice().getClass().getName()
            + " for "
            + task.label());
  }

  private ImmutableList<Long> all(List<BufferView> views) {
    return views.stream().map(this::address).collect(ImmutableList.toImmutableList());
  }

  /** The address of (seed, step), among what is {@link #fed}. */
  public long clock() {
    return clock;
  }

  /** What says which indices are outside their tables. */
  public IndexErrors indices() {
    return indices;
  }

  /** The small feeds, and the clock. */
  public SmallValues fed() {
    return fed;
  }

  /** The small outputs. */
  public SmallValues made() {
    return made;
  }

  /** Brings all variables that a run reads up to date on the card. */
  public void require() {
    for (Mirror mirror : read) {
      mirror.require();
    }
    if (verdict != null) {
      verdict.require();
    } else if (guarding.flag() != null) {
      for (Mirror mirror : written) {
        mirror.require(); // it stays if the run is left out
      }
    }
  }

  /** Says that a run has written variables on the card. */
  public void written() {
    for (Mirror mirror : written) {
      mirror.written();
    }
  }

  /** Says that a run failed, which may have written variables on the card in part. */
  public void touched() {
    for (Mirror mirror : written) {
      mirror.touched();
    }
  }
}
