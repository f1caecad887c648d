package dev.tandem.core.op;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;

/**
 * One application of an op to values. Calls of one builder are numbered in the order of recording.
 */
public final class OpCall {

  private final int id;
  private final Op op;
  private final ImmutableList<Value> inputs;
  private final ImmutableList<Value> outputs;
  private final String origin;

  OpCall(int id, Op op, List<Value> inputs, List<TensorSpec> outputs, String origin) {
    this.id = id;
    this.op = op;
    this.inputs = ImmutableList.copyOf(inputs);
    this.origin = origin;
    ImmutableList.Builder<Value> made = ImmutableList.builder();
    for (int i = 0; i < outputs.size(); i++) {
      made.add(new Value(this, i, outputs.get(i)));
    }
    this.outputs = made.build();
  }

  /** Its number in the order of recording; inputs have smaller ones. */
  public int id() {
    return id;
  }

  /** The op that is applied. */
  public Op op() {
    return op;
  }

  /** The values it is applied to. */
  public ImmutableList<Value> inputs() {
    return inputs;
  }

  /** The values that come out. */
  public ImmutableList<Value> outputs() {
    return outputs;
  }

  /** The layer, loss or optimizer that drew it, as a path of names; for profiles and messages. */
  public String origin() {
    return origin;
  }

  @Override
  public String toString() {
    return "%" + id + " = " + op + " " + inputs.stream().map(v -> "%" + v.call().id()).toList();
  }
}
