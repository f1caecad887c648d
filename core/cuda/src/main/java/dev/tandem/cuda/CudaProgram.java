package dev.tandem.cuda;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.engine.TaskPlan;
import dev.tandem.core.engine.task.BufferView;
import dev.tandem.core.engine.task.Task;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Program;
import dev.tandem.core.op.Variable;
import dev.tandem.core.tensor.OwnedArrays;
import dev.tandem.cuda.device.Command;
import dev.tandem.cuda.device.Device;
import dev.tandem.cuda.memory.Binding;
import dev.tandem.cuda.memory.Mirrors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.javacpp.LongPointer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A graph as commands of a card. A run asks for them and does not wait; whoever reads an output
 * does.
 */
public final class CudaProgram implements Program {

  private final TaskPlan plan;
  private final Device device;
  private final Binding binding;
  private final ImmutableList<Command> commands;
  private final Device.Recording recording;
  private final ImmutableList<Variable> assigned;
  private final Map<String, INDArray> staged = new HashMap<>();
  private final Map<String, INDArray> read = new HashMap<>();
  private final Set<String> fresh = new HashSet<>();
  private final INDArray clock = OwnedArrays.create(DataType.INT64, 2);
  private boolean closed;

  CudaProgram(TaskPlan plan, Device device, Mirrors mirrors) {
    this.plan = plan;
    this.device = device;
    this.binding = new Binding(plan, device, mirrors);
    this.commands =
        plan.tasks().stream()
            .flatMap(task -> binding.commands(task).stream())
            .collect(ImmutableList.toImmutableList());
    this.recording = device.record(commands);
    this.assigned =
        plan.source().assignments().stream()
            .map(OpGraph.Assignment::target)
            .collect(ImmutableList.toImmutableList());
    plan.feeds()
        .forEach((name, view) -> staged.put(name, OwnedArrays.create(view.spec()).assign(0)));
    plan.outputs().forEach((name, view) -> read.put(name, OwnedArrays.create(view.spec())));
  }

  @Override
  public OpGraph graph() {
    return plan.source();
  }

  /** What the card does in a run, in order. */
  public ImmutableList<Command> commands() {
    return commands;
  }

  /** The bytes of the arenas on the card. */
  public long arenaBytes() {
    return binding.arenaBytes();
  }

  @Override
  public void feed(String name, INDArray values) {
    requireOpen();
    INDArray array = Program.requireFeed(staged.get(name), name, values);
    array.assign(values);
    upload(name, array);
  }

  @Override
  public void feed(String name, double value) {
    requireOpen();
    INDArray array = Program.requireScalarFeed(staged.get(name), name);
    array.assign(value);
    upload(name, array);
  }

  private void upload(String name, INDArray array) {
    BufferView view = plan.feeds().get(name);
    if (view != null) {
      upload(array, binding.address(view));
    }
  }

  private void upload(INDArray array, long address) {
    long bytes = array.length() * array.dataType().width();
    device.upload(array.data().addressPointer(), address, bytes);
  }

  @Override
  public void run(long seed, long step) {
    requireOpen();
    prepare(seed, step);
    recording.run();
    binding.written(assigned);
    binding.requireIndices();
  }

  private void prepare(long seed, long step) {
    binding.requireIndices(staged);
    // other ways to set a number round it to float64 or less
    ((LongPointer) clock.data().addressPointer()).put(0, seed).put(1, step);
    upload(clock, binding.clock());
    binding.require();
    fresh.clear();
  }

  @Override
  public INDArray output(String name) {
    requireOpen();
    INDArray array = read.get(name);
    @Nullable BufferView view = plan.outputs().get(name);
    if (array == null || view == null) {
      throw new IllegalArgumentException(
          "there is no output \"" + name + "\", but " + plan.outputs().keySet());
    }
    if (fresh.add(name)) {
      download(view, array);
    }
    return array;
  }

  private void download(BufferView view, INDArray array) {
    long bytes = array.length() * array.dataType().width();
    device.download(binding.address(view), array.data().addressPointer(), bytes);
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
    List<INDArray> before = new ArrayList<>();
    assigned.forEach(variable -> before.add(variable.read().dup('c')));
    try {
      prepare(seed, step);
      for (Task task : plan.tasks()) {
        try (Device.Recording one = device.record(binding.commands(task))) {
          one.run();
        }
        for (BufferView output : task.outputs()) {
          if (!isFinite(output)) {
            return Optional.of(task.call());
          }
        }
      }
      return Optional.empty();
    } finally {
      for (int i = 0; i < before.size(); i++) {
        assigned.get(i).write().assign(before.get(i));
      }
    }
  }

  private boolean isFinite(BufferView output) {
    if (!output.spec().dtype().isFPType()) {
      return true;
    }
    INDArray values = OwnedArrays.create(output.spec());
    try {
      download(output, values);
      return dev.tandem.core.backend.FiniteProbe.isFinite(values);
    } finally {
      OwnedArrays.free(values);
    }
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
      recording.close();
      binding.close();
      staged.values().forEach(OwnedArrays::free);
      read.values().forEach(OwnedArrays::free);
      OwnedArrays.free(clock);
    }
  }
}
