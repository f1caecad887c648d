package dev.tandem.cuda.memory;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.engine.TaskPlan;
import dev.tandem.core.engine.task.Buffer;
import dev.tandem.core.engine.task.BufferView;
import dev.tandem.core.engine.task.PlanChoice;
import dev.tandem.core.engine.task.Task;
import dev.tandem.core.op.Constant;
import dev.tandem.core.op.Fill;
import dev.tandem.core.op.Variable;
import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.cuda.device.Command;
import dev.tandem.cuda.device.Device;
import dev.tandem.cuda.kernel.CudaChoice;
import dev.tandem.cuda.kernel.Places;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The buffers of a plan as addresses on a card, and its tasks as commands on them. */
public final class Binding implements AutoCloseable {

  private final TaskPlan plan;
  private final Device device;
  private final Mirrors mirrors;
  private final List<Long> owned = new ArrayList<>();
  private final Map<Buffer, Long> addresses = new HashMap<>();
  private final Map<Variable, Mirror> variables = new LinkedHashMap<>();
  private final long clock;
  private final IndexErrors errors;

  /** Takes the memory of a plan, and computes its constants. */
  public Binding(TaskPlan plan, Device device, Mirrors mirrors) {
    this.plan = plan;
    this.device = device;
    this.mirrors = mirrors;
    this.clock = allocate(2L * Long.BYTES);
    this.errors = new IndexErrors(plan, device, this::allocate);
    try {
      place();
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private void place() {
    Map<DataType, Long> arenas = new HashMap<>();
    plan.memory()
        .arenas()
        .forEach((dtype, length) -> arenas.put(dtype, allocate(length * dtype.width())));
    plan.memory()
        .begins()
        .forEach(
            (buffer, begin) ->
                addresses.put(
                    buffer,
                    Objects.requireNonNull(arenas.get(buffer.dtype()))
                        + begin * buffer.dtype().width()));
    plan.variables()
        .forEach(
            (variable, buffer) -> {
              Mirror mirror = mirrors.use(variable);
              variables.put(variable, mirror);
              addresses.put(buffer, mirror.address());
            });
    plan.feeds().values().forEach(this::placeAlone);
    for (Task task : plan.tasks()) {
      for (BufferView output : task.outputs()) {
        if (output.buffer().home() == Buffer.Home.OUTPUT) {
          placeAlone(output);
        }
      }
    }
    setUp();
  }

  private long allocate(long bytes) {
    long address = device.allocate(Math.max(1, bytes));
    owned.add(address);
    return address;
  }

  private void placeAlone(BufferView view) {
    addresses.put(view.buffer(), allocate(view.buffer().bytes()));
  }

  private void setUp() {
    List<Command> commands = new ArrayList<>();
    for (Task task : plan.setup()) {
      task.outputs().forEach(this::placeAlone);
      task.scratch().forEach(this::placeAlone);
      if (task.choice() == PlanChoice.LITERAL) {
        upload(literal(task), address(task.outputs().get(0)));
      } else {
        commands.addAll(commands(task));
      }
    }
    if (!commands.isEmpty()) {
      try (Device.Recording recording = device.record(commands)) {
        recording.run();
        device.synchronize();
        errors.requireComputed();
      }
    }
  }

  private static INDArray literal(Task task) {
    if (task.call().op() instanceof Fill fill) {
      TensorSpec spec = fill.spec();
      return Nd4j.createUninitializedDetached(spec.dtype(), 'c', spec.shape().toArray())
          .assign(fill.number());
    }
    return ((Constant) task.call().op()).array().dup('c');
  }

  /** Copies an array in 'c' order to the card. */
  void upload(INDArray array, long address) {
    device.upload(
        array.data().addressPointer(), address, array.length() * array.dataType().width());
  }

  /** Where a value lies. */
  public long address(BufferView view) {
    Buffer root = plan.memory().hosts().root(view.buffer());
    return Objects.requireNonNull(addresses.get(root), () -> "no place for " + view)
        + view.offset() * view.spec().dtype().width();
  }

  /** What the card does for a task. */
  public List<Command> commands(Task task) {
    if (task.choice() instanceof CudaChoice choice) {
      return choice.commands(
          new Places(
              task.call(),
              all(task.inputs()),
              all(task.outputs()),
              all(task.scratch()),
              clock,
              errors.address(task.call())));
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

  /** The address of (seed, step). */
  public long clock() {
    return clock;
  }

  /**
   * Refuses fed indices outside their tables, before a run.
   *
   * @param feeds what is fed, by name
   */
  public void requireIndices(Map<String, INDArray> feeds) {
    errors.requireFed(feeds);
  }

  /** Refuses indices that the card computed outside their tables, after a run; waits for it. */
  public void requireIndices() {
    errors.requireComputed();
  }

  /** Brings all variables up to date on the card. */
  public void require() {
    variables.values().forEach(Mirror::require);
  }

  /** Says that variables were written on the card. */
  public void written(List<Variable> some) {
    some.forEach(variable -> Objects.requireNonNull(variables.get(variable)).written());
  }

  /** The bytes of arenas, feeds, outputs and constants. */
  public long arenaBytes() {
    return plan.memory().arenas().entrySet().stream()
        .mapToLong(arena -> arena.getValue() * arena.getKey().width())
        .sum();
  }

  @Override
  public void close() {
    variables.keySet().forEach(mirrors::release);
    variables.clear();
    owned.forEach(device::free);
    owned.clear();
    errors.close();
  }
}
