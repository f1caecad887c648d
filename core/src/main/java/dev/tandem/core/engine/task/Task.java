package dev.tandem.core.engine.task;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.engine.kernel.KernelChoice;
import dev.tandem.core.engine.pass.ChosenKernel;
import dev.tandem.core.op.Cast;
import dev.tandem.core.op.OpCall;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * One kernel run of a plan: who, and on what. Two tasks are the same only if they are one object.
 */
public final class Task {

  private final int id;
  private final OpCall call;
  private final ChosenKernel kernel;
  private final ImmutableList<BufferView> inputs;
  private final ImmutableList<BufferView> outputs;
  private final ImmutableList<BufferView> scratch;

  Task(
      int id,
      OpCall call,
      ChosenKernel kernel,
      ImmutableList<BufferView> inputs,
      ImmutableList<BufferView> outputs) {
    this.id = id;
    this.call = call;
    this.kernel = kernel;
    this.inputs = inputs;
    this.outputs = outputs;
    this.scratch =
        kernel.choice().scratch().stream()
            .map(spec -> BufferView.alone(Buffer.Home.ARENA, spec))
            .collect(ImmutableList.toImmutableList());
  }

  /** Its number in the order of the graph. */
  int id() {
    return id;
  }

  /** The call it computes, or whose value it copies. */
  public OpCall call() {
    return call;
  }

  /** What it does, for listings, as in {@code matmul + bias of bf16}. */
  public String label() {
    String label = kernel.choice().label(call);
    boolean narrow =
        !inputs.isEmpty()
            && inputs.get(0).spec().dtype() == DataType.BFLOAT16
            && !(call.op() instanceof Cast);
    return narrow ? label + " of bf16" : label;
  }

  /** The name of the library whose kernel it is. */
  public String library() {
    return kernel.library();
  }

  /** How it runs. */
  public KernelChoice choice() {
    return kernel.choice();
  }

  /** What it reads, as its choice says. */
  public ImmutableList<BufferView> inputs() {
    return inputs;
  }

  /** What it writes: all outputs of its call, used or not. */
  public ImmutableList<BufferView> outputs() {
    return outputs;
  }

  /** What it works in, as its choice says. */
  public ImmutableList<BufferView> scratch() {
    return scratch;
  }

  /** Whether any input lies in a buffer, sharing aside. */
  boolean reads(Buffer buffer) {
    return inputs.stream().anyMatch(input -> input.buffer() == buffer);
  }

  @Override
  public String toString() {
    return label() + " of " + library() + " for " + call;
  }
}
