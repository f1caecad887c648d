package dev.tandem.core.graph;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;

/** One call of one callee: what went in and what came out. Compared by identity. */
public final class Node {

  private final Operation callee;
  private final ImmutableList<SymbolicTensor> inputs;
  private final ImmutableList<SymbolicTensor> outputs;
  private final boolean inference;

  private Node(
      Operation callee, List<SymbolicTensor> inputs, List<TensorSpec> outputs, boolean inference) {
    this.callee = callee;
    this.inference = inference;
    this.inputs = ImmutableList.copyOf(inputs);
    ImmutableList.Builder<SymbolicTensor> made = ImmutableList.builder();
    for (int i = 0; i < outputs.size(); i++) {
      made.add(new SymbolicTensor(outputs.get(i), this, i));
    }
    this.outputs = made.build();
  }

  private Node(Operation callee, SymbolicTensor output) {
    this.callee = callee;
    this.inference = false;
    this.inputs = ImmutableList.of();
    this.outputs = ImmutableList.of(output);
  }

  /** A call whose outputs have the given specs. */
  public static Node call(Operation callee, List<SymbolicTensor> inputs, List<TensorSpec> outputs) {
    return new Node(callee, inputs, outputs, false);
  }

  /** A call that runs as in inference in training steps too. */
  public static Node callInInference(
      Operation callee, List<SymbolicTensor> inputs, List<TensorSpec> outputs) {
    return new Node(callee, inputs, outputs, true);
  }

  static Node of(Input input, SymbolicTensor output) {
    return new Node(input, output);
  }

  /** What is called. */
  public Operation callee() {
    return callee;
  }

  /** Whether it runs as in inference in training steps too. */
  public boolean isInference() {
    return inference;
  }

  /** What it is called on. */
  public ImmutableList<SymbolicTensor> inputs() {
    return inputs;
  }

  /** What comes out. */
  public ImmutableList<SymbolicTensor> outputs() {
    return outputs;
  }

  @Override
  public String toString() {
    return callee.label() + " on " + inputs + (inference ? " as in inference" : "");
  }
}
