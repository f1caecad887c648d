package dev.tandem.core.op.samediff;

import dev.tandem.core.op.SameDiffContext;
import dev.tandem.core.op.SimpleOp;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.VjpContext;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * An op whose meaning is a user's piece of SameDiff code. Its output spec is found by running the
 * code once on zeros.
 *
 * <p>Its gradient is that of SameDiff's own ops, as they are: some of them are wrong in SameDiff
 * (docs/internals lists those known), and it can be asked for once only. A second derivative, as a
 * gradient penalty needs, is an {@link UnsupportedOperationException}; write the function in {@link
 * dev.tandem.core.op.Ops} for that. Code with control flow or with random ops is not supported.
 *
 * <p>Compared by identity: make one object per function and use it for all calls.
 */
public final class SameDiffOp implements SimpleOp {

  private final String label;
  private final SameDiffCode code;
  private final Map<List<TensorSpec>, TensorSpec> outputs = new ConcurrentHashMap<>();

  /**
   * An op of a piece of code.
   *
   * @param label its name in listings and messages
   * @param code writes it into a graph
   */
  public SameDiffOp(String label, SameDiffCode code) {
    this.label = Objects.requireNonNull(label);
    this.code = Objects.requireNonNull(code);
  }

  /** The name in listings and messages. */
  @Override
  public String opName() {
    return label;
  }

  @Override
  public TensorSpec output(List<TensorSpec> inputs) {
    return outputs.computeIfAbsent(List.copyOf(inputs), this::runOnZeros);
  }

  private TensorSpec runOnZeros(List<TensorSpec> inputs) {
    SameDiff sd = SameDiff.create();
    Map<String, INDArray> zeros = new HashMap<>();
    List<SDVariable> variables = new ArrayList<>();
    for (TensorSpec input : inputs) {
      String name = "input" + variables.size();
      zeros.put(name, Nd4j.zeros(input.dtype(), input.shape().toArray()));
      variables.add(sd.placeHolder(name, input.dtype(), input.shape().toArray()));
    }
    SDVariable output = write(sd, variables);
    INDArray array =
        Objects.requireNonNull(
            new ZerosSession(sd).run(List.of(output.name()), zeros).get(output.name()));
    return new TensorSpec(Shape.of(array.shape()), array.dataType());
  }

  /** Writes the code into a graph, in a name scope of its own. */
  @SuppressWarnings("ReferenceEquality") // the very graph, not one like it
  SDVariable write(SameDiff sd, List<SDVariable> inputs) {
    String scope = label + "_" + sd.variables().size();
    try (var open = sd.withNameScope(scope)) {
      SDVariable output = code.write(sd, inputs);
      if (output == null || output.getSameDiff() != sd) {
        throw new IllegalStateException(
            open.getName() + " gave " + output + ", which is not a variable of the graph given");
      }
      return output;
    }
  }

  @Override
  public SDVariable define(SameDiffContext e) {
    return write(e.sd(), e.inputs());
  }

  @Override
  public List<@Nullable Value> vjp(VjpContext back) {
    SameDiffGradient gradient = new SameDiffGradient(this);
    List<Value> inputs = new ArrayList<>(back.call().inputs());
    inputs.add(back.upstream());
    List<Value> arrived = back.ops().apply(gradient, inputs);
    List<@Nullable Value> result = new ArrayList<>();
    int next = 0;
    for (Value input : back.call().inputs()) {
      result.add(input.dtype().isFPType() ? arrived.get(next++) : null);
    }
    return result;
  }

  @Override
  public String toString() {
    return "samediff \"" + label + "\"";
  }
}
