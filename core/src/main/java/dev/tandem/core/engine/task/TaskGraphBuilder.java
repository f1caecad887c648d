package dev.tandem.core.engine.task;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSetMultimap;
import dev.tandem.core.engine.pass.ChosenKernel;
import dev.tandem.core.engine.pass.KernelSelection;
import dev.tandem.core.engine.pass.Views;
import dev.tandem.core.engine.task.TaskGraph.Update;
import dev.tandem.core.op.Constant;
import dev.tandem.core.op.Feed;
import dev.tandem.core.op.Fill;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Read;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.Variable;
import dev.tandem.core.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The way from calls to tasks. Views become regions of other values' buffers; what the caller can
 * read gets a buffer of its own.
 */
final class TaskGraphBuilder {

  private static final ChosenKernel COPY = new ChosenKernel(PlanChoice.LIBRARY, PlanChoice.COPY);
  private static final ChosenKernel LITERAL =
      new ChosenKernel(PlanChoice.LIBRARY, PlanChoice.LITERAL);

  private final KernelSelection selection;
  private final Set<Value> readable = new HashSet<>();
  private final List<Task> setup = new ArrayList<>();
  private final List<Task> tasks = new ArrayList<>();
  private final ImmutableSetMultimap.Builder<Task, Task> after = ImmutableSetMultimap.builder();
  private final Map<Buffer, Task> producers = new HashMap<>();
  private final Map<Value, BufferView> views = new HashMap<>();
  private final ImmutableMap<String, BufferView> feeds;
  private final Map<Variable, Buffer> variables = new LinkedHashMap<>();

  TaskGraphBuilder(Map<String, TensorSpec> fed, KernelSelection selection) {
    this.selection = selection;
    ImmutableMap.Builder<String, BufferView> all = ImmutableMap.builder();
    fed.forEach((name, spec) -> all.put(name, BufferView.alone(Buffer.Home.FEED, spec)));
    this.feeds = all.buildOrThrow();
  }

  TaskGraph build() {
    OpGraph graph = selection.graph();
    graph.outputs().values().forEach(value -> readable.add(behindViews(value)));
    graph.calls().stream().filter(selection::isNeeded).forEach(this::add);
    ImmutableMap.Builder<String, BufferView> outputs = ImmutableMap.builder();
    graph.outputs().forEach((name, value) -> outputs.put(name, output(value)));
    ImmutableList<Update> updates = updates(graph.assignments());
    return new TaskGraph(
        ImmutableList.copyOf(setup),
        ImmutableList.copyOf(tasks),
        after.build(),
        updates,
        feeds,
        outputs.buildOrThrow(),
        ImmutableMap.copyOf(variables),
        Hosts.NONE);
  }

  private static Value behindViews(Value value) {
    return Views.isView(value.call()) ? behindViews(value.call().inputs().get(0)) : value;
  }

  private void add(OpCall call) {
    Value first = call.outputs().get(0);
    if (call.op() instanceof Feed feed) {
      views.put(first, feeds.get(feed.label()));
    } else if (call.op() instanceof Read read) {
      views.put(first, BufferView.of(variable(read.variable()), first.spec()));
    } else if (Views.isView(call)) {
      BufferView input = Objects.requireNonNull(views.get(call.inputs().get(0)));
      views.put(
          first, new BufferView(input.buffer(), input.offset() + Views.offset(call), first.spec()));
    } else if (call.op() instanceof Constant || call.op() instanceof Fill) {
      setup.add(task(setup.size(), call, LITERAL));
    } else if (selection.isConstant(call)) {
      setup.add(task(setup.size(), call, selection.of(call)));
    } else {
      add(task(tasks.size(), call, selection.of(call)));
    }
  }

  private Task task(int id, OpCall call, ChosenKernel kernel) {
    ImmutableList<BufferView> inputs =
        kernel.choice().inputs(call).stream()
            .map(views::get)
            .collect(ImmutableList.toImmutableList());
    ImmutableList<BufferView> made =
        call.outputs().stream()
            .map(value -> BufferView.alone(home(value), value.spec()))
            .collect(ImmutableList.toImmutableList());
    for (int i = 0; i < made.size(); i++) {
      views.put(call.outputs().get(i), made.get(i));
    }
    return new Task(id, call, kernel, inputs, made);
  }

  private Buffer.Home home(Value value) {
    if (selection.isConstant(value.call())) {
      return Buffer.Home.CONSTANT;
    }
    return readable.contains(value) ? Buffer.Home.OUTPUT : Buffer.Home.ARENA;
  }

  private void add(Task task) {
    for (BufferView input : task.inputs()) {
      Task producer = producers.get(input.buffer());
      if (producer != null) {
        after.put(task, producer);
      }
    }
    task.outputs().forEach(output -> producers.put(output.buffer(), task));
    tasks.add(task);
  }

  private Buffer variable(Variable variable) {
    TensorSpec spec = variable.spec();
    return variables.computeIfAbsent(
        variable, v -> new Buffer(Buffer.Home.VARIABLE, spec.dtype(), spec.shape().length()));
  }

  private BufferView output(Value value) {
    BufferView view = Objects.requireNonNull(views.get(value));
    return view.buffer().home() == Buffer.Home.OUTPUT
        ? view
        : copy(value.call(), view, Buffer.Home.OUTPUT);
  }

  private ImmutableList<Update> updates(List<OpGraph.Assignment> assignments) {
    Set<Buffer> overwritten =
        assignments.stream().map(a -> variable(a.target())).collect(Collectors.toSet());
    ImmutableList.Builder<Update> updates = ImmutableList.builder();
    for (OpGraph.Assignment assignment : assignments) {
      Value value = assignment.value();
      Buffer target = variable(assignment.target());
      BufferView source = Objects.requireNonNull(views.get(value));
      if (source.buffer() != target) {
        boolean changes = overwritten.contains(source.buffer());
        updates.add(
            new Update(
                target,
                changes ? copy(value.call(), source, Buffer.Home.ARENA) : source,
                value.call()));
      }
    }
    return updates.build();
  }

  private BufferView copy(OpCall call, BufferView from, Buffer.Home home) {
    BufferView to = BufferView.alone(home, from.spec());
    add(copy(tasks.size(), call, from, to));
    return to;
  }

  /** A task that copies the value of a call. */
  static Task copy(int id, OpCall call, BufferView from, BufferView to) {
    return new Task(id, call, COPY, ImmutableList.of(from), ImmutableList.of(to));
  }
}
