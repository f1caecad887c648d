package dev.tandem.core.graph;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.tensor.TensorSpec;
import java.util.Collections;
import java.util.List;

/** One call of one operation, with its inputs and outputs. Compared by identity. */
public final class Node {

  private final Operation operation;
  private final ImmutableList<SymbolicTensor> inputs;
  private final ImmutableList<SymbolicTensor> outputs;
  private final boolean inference;

  private Node(
      Operation operation,
      List<SymbolicTensor> inputs,
      List<TensorSpec> outputs,
      List<Boolean> masked,
      boolean inference) {
    this.operation = operation;
    this.inference = inference;
    this.inputs = ImmutableList.copyOf(inputs);
    ImmutableList.Builder<SymbolicTensor> made = ImmutableList.builder();
    for (int i = 0; i < outputs.size(); i++) {
      made.add(new SymbolicTensor(outputs.get(i), this, i, masked.get(i)));
    }
    this.outputs = made.build();
  }

  /** A call whose outputs have the given specs. */
  public static Node call(
      Operation operation, List<SymbolicTensor> inputs, List<TensorSpec> outputs) {
    return call(operation, inputs, outputs, Collections.nCopies(outputs.size(), false), false);
  }

  /**
   * A call whose outputs may have masks.
   *
   * @param masked for each output whether a mask goes along with it
   * @param inference whether it runs as in inference in training steps too
   */
  public static Node call(
      Operation operation,
      List<SymbolicTensor> inputs,
      List<TensorSpec> outputs,
      List<Boolean> masked,
      boolean inference) {
    return new Node(operation, inputs, outputs, masked, inference);
  }

  /** The layer or model that is called. */
  public Operation operation() {
    return operation;
  }

  /** Whether it runs as in inference in training steps too. */
  public boolean isInference() {
    return inference;
  }

  /** The tensors it is called on. */
  public ImmutableList<SymbolicTensor> inputs() {
    return inputs;
  }

  /** The tensors that come out. */
  public ImmutableList<SymbolicTensor> outputs() {
    return outputs;
  }

  @Override
  public String toString() {
    return operation.label() + " on " + inputs + (inference ? " as in inference" : "");
  }
}
