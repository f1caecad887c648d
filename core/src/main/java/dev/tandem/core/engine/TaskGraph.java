package dev.tandem.core.engine;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.engine.kernel.KernelChoice;
import dev.tandem.core.op.Feed;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Read;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A graph as tasks on buffers, before their order and their memory are fixed. Views become regions
 * of other values' buffers; what the caller can read gets a buffer of its own.
 */
final class TaskGraph {

  /**
   * An assignment.
   *
   * @param target the variable's buffer
   * @param source what is to lie there after the run
   * @param call what computes it
   */
  record Update(Buffer target, BufferView source, OpCall call) {}

  private final Selection selection;
  private final Folding folding;
  private final Set<Value> readable = new HashSet<>();
  private final List<Task> tasks = new ArrayList<>();
  private final List<Update> updates = new ArrayList<>();
  private final Map<Value, BufferView> regions = new HashMap<>();
  private final Map<Buffer, Task> producers = new HashMap<>();
  private final Map<String, BufferView> feeds = new LinkedHashMap<>();
  private final Map<Variable, Buffer> variables = new LinkedHashMap<>();
  private final Map<String, BufferView> outputs = new LinkedHashMap<>();

  TaskGraph(OpGraph graph, Selection selection, Folding folding) {
    this.selection = selection;
    this.folding = folding;
    graph.outputs().values().forEach(value -> readable.add(behindViews(value)));
    for (OpCall call : graph.calls()) {
      boolean needed = call.outputs().stream().anyMatch(selection::isNeeded);
      if (needed && !folding.isConstant(call.outputs().get(0))) {
        draw(call);
      }
    }
    graph.outputs().forEach((name, value) -> outputs.put(name, ownRegion(value)));
    Set<Buffer> overwritten =
        graph.assignments().stream().map(a -> variable(a.target())).collect(Collectors.toSet());
    for (OpGraph.Assignment assignment : graph.assignments()) {
      update(variable(assignment.target()), assignment.value(), overwritten);
    }
  }

  private static Value behindViews(Value value) {
    return Views.isView(value.call()) ? behindViews(value.call().inputs().get(0)) : value;
  }

  private void draw(OpCall call) {
    Value first = call.outputs().get(0);
    if (call.op() instanceof Feed feed) {
      feeds.put(feed.label(), put(first, Buffer.Home.FEED));
    } else if (call.op() instanceof Read read) {
      regions.put(first, BufferView.of(variable(read.variable()), first.spec()));
    } else if (Views.isView(call)) {
      regions.put(first, Views.of(call, region(call.inputs().get(0))));
    } else {
      KernelAssignment.Claim claim = selection.of(call);
      ImmutableList<BufferView> inputs =
          claim.choice().inputs(call).stream()
              .map(this::region)
              .collect(ImmutableList.toImmutableList());
      ImmutableList<BufferView> made =
          call.outputs().stream()
              .map(
                  value ->
                      put(value, readable.contains(value) ? Buffer.Home.OUTPUT : Buffer.Home.ARENA))
              .collect(ImmutableList.toImmutableList());
      add(call, claim.choice().label(call), claim.library(), claim.choice(), inputs, made);
    }
  }

  private BufferView put(Value value, Buffer.Home home) {
    Buffer buffer = new Buffer(home, value.dtype(), value.shape().length());
    BufferView region = BufferView.of(buffer, value.spec());
    regions.put(value, region);
    return region;
  }

  private BufferView region(Value value) {
    return folding.isConstant(value) ? folding.region(value) : regions.get(value);
  }

  private Buffer variable(Variable variable) {
    return variables.computeIfAbsent(variable, v -> new Buffer(Buffer.Home.VARIABLE, v.array()));
  }

  private BufferView ownRegion(Value value) {
    BufferView region = region(value);
    return region.buffer().home() == Buffer.Home.OUTPUT
        ? region
        : copy(value.call(), region, Buffer.Home.OUTPUT);
  }

  private void update(Buffer target, Value value, Set<Buffer> overwritten) {
    BufferView source = region(value);
    if (source.buffer() == target) {
      return;
    }
    if (overwritten.contains(source.buffer())) {
      source = copy(value.call(), source, Buffer.Home.ARENA);
    }
    updates.add(new Update(target, source, value.call()));
  }

  private BufferView copy(OpCall call, BufferView from, Buffer.Home home) {
    Buffer buffer = new Buffer(home, from.spec().dtype(), from.spec().shape().length());
    BufferView to = BufferView.of(buffer, from.spec());
    copy(call, from, to);
    return to;
  }

  /** Adds a copy behind all tasks drawn so far. */
  Task copy(OpCall call, BufferView from, BufferView to) {
    return add(
        call, "copy", "plan", new CopyChoice(), ImmutableList.of(from), ImmutableList.of(to));
  }

  private Task add(
      OpCall call,
      String label,
      String library,
      KernelChoice choice,
      ImmutableList<BufferView> inputs,
      ImmutableList<BufferView> made) {
    Task task = new Task(tasks.size(), call, label, library, choice, inputs, made);
    for (BufferView input : inputs) {
      Task producer = producers.get(input.buffer());
      if (producer != null) {
        task.after().add(producer);
      }
    }
    for (BufferView output : made) {
      if (output.buffer().home() != Buffer.Home.VARIABLE) {
        producers.put(output.buffer(), task);
      }
    }
    tasks.add(task);
    return task;
  }

  List<Task> tasks() {
    return tasks;
  }

  List<Update> updates() {
    return updates;
  }

  /** Who writes a buffer; null for feeds, constants and variables. */
  Task producer(Buffer buffer) {
    return producers.get(buffer);
  }

  Map<String, BufferView> feeds() {
    return feeds;
  }

  Map<String, BufferView> outputs() {
    return outputs;
  }

  Map<Variable, Buffer> variables() {
    return variables;
  }
}
