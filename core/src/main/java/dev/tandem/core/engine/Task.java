package dev.tandem.core.engine;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.engine.kernel.KernelChoice;
import dev.tandem.core.op.OpCall;
import java.util.LinkedHashSet;
import java.util.Set;

/** One kernel run of a plan that is being made: who, on what, and after whom. */
final class Task {

  private final int id;
  private final OpCall call;
  private final String label;
  private final String library;
  private final KernelChoice choice;
  private final ImmutableList<BufferView> inputs;
  private final ImmutableList<BufferView> outputs;
  private final ImmutableList<Buffer> scratch;
  private final Set<Task> after = new LinkedHashSet<>();

  Task(
      int id,
      OpCall call,
      String label,
      String library,
      KernelChoice choice,
      ImmutableList<BufferView> inputs,
      ImmutableList<BufferView> outputs) {
    this.id = id;
    this.call = call;
    this.label = label;
    this.library = library;
    this.choice = choice;
    this.inputs = inputs;
    this.outputs = outputs;
    this.scratch =
        choice.scratch().stream()
            .map(spec -> new Buffer(Buffer.Home.ARENA, spec.dtype(), spec.shape().length()))
            .collect(ImmutableList.toImmutableList());
  }

  /** Its number in drawing order. */
  int id() {
    return id;
  }

  /** The call it computes, or whose value it copies. */
  OpCall call() {
    return call;
  }

  /** What it does, for listings. */
  String label() {
    return label;
  }

  String library() {
    return library;
  }

  KernelChoice choice() {
    return choice;
  }

  ImmutableList<BufferView> inputs() {
    return inputs;
  }

  ImmutableList<BufferView> outputs() {
    return outputs;
  }

  ImmutableList<Buffer> scratch() {
    return scratch;
  }

  /** The tasks that must have run. */
  Set<Task> after() {
    return after;
  }

  /** Whether any input lies in a buffer, sharing aside. */
  boolean reads(Buffer buffer) {
    return inputs.stream().anyMatch(input -> input.buffer() == buffer);
  }
}
