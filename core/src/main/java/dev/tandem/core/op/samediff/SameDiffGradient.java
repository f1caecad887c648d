package dev.tandem.core.op.samediff;

import dev.tandem.core.op.Primitive;
import dev.tandem.core.op.SameDiffContext;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.VjpContext;
import dev.tandem.core.tensor.TensorSpec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * From (inputs of a {@link SameDiffOp}, gradient at its output) to the gradients at its floating
 * point inputs, by the rules of SameDiff's ops. There is no second derivative.
 *
 * @param op what is gone back through
 */
public record SameDiffGradient(SameDiffOp op) implements Primitive {

  @Override
  public String opName() {
    return op.opName() + "_gradient";
  }

  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    List<TensorSpec> forward = inputs.subList(0, inputs.size() - 1);
    TensorSpec gradient = inputs.get(inputs.size() - 1);
    if (!op.output(forward).equals(gradient)) {
      throw new IllegalArgumentException(
          opName() + " of " + gradient + ", not " + op.output(forward));
    }
    return forward.stream().filter(input -> input.dtype().isFPType()).toList();
  }

  @Override
  public List<SDVariable> express(SameDiffContext e) {
    SameDiff sd = e.sd();
    int last = e.inputs().size() - 1;
    List<SDVariable> inputs = e.inputs().subList(0, last);
    Set<String> before = new HashSet<>(sd.getOps().keySet());
    SDVariable output = op.write(sd, inputs);
    Map<String, SDVariable> arrived = new HashMap<>();
    arrived.put(output.name(), e.in(last));
    for (DifferentialFunction function : writtenSince(sd, before)) {
      goBack(sd, function, arrived);
    }
    List<SDVariable> gradients = new ArrayList<>();
    for (SDVariable input : inputs) {
      if (input.dataType().isFPType()) {
        SDVariable gradient = arrived.remove(input.name());
        gradients.add(gradient == null ? sd.zerosLike(input) : gradient);
      }
    }
    return gradients;
  }

  /** The ops of the piece, last first. */
  private static Deque<DifferentialFunction> writtenSince(SameDiff sd, Set<String> before) {
    Deque<DifferentialFunction> written = new ArrayDeque<>();
    sd.getOps()
        .forEach(
            (name, function) -> {
              if (!before.contains(name)) {
                written.push(function.getOp());
              }
            });
    return written;
  }

  private static void goBack(
      SameDiff sd, DifferentialFunction function, Map<String, SDVariable> arrived) {
    List<@Nullable SDVariable> upstream = new ArrayList<>();
    boolean any = false;
    for (SDVariable output : function.outputVariables()) {
      SDVariable gradient = arrived.get(output.name());
      any |= gradient != null;
      boolean wanted = gradient == null && output.dataType().isFPType();
      upstream.add(wanted ? sd.zerosLike(output) : gradient);
    }
    if (!any) {
      return;
    }
    List<SDVariable> back = function.doDiff(upstream);
    SDVariable[] inputs = function.args();
    for (int i = 0; i < Math.min(back.size(), inputs.length); i++) {
      SDVariable gradient = back.get(i);
      if (gradient != null && inputs[i].dataType().isFPType()) {
        arrived.merge(inputs[i].name(), gradient, SDVariable::add);
      }
    }
  }

  @Override
  public List<@Nullable Value> vjp(VjpContext back) {
    throw new UnsupportedOperationException(
        "\""
            + op.opName()
            + "\" is SameDiff code and has no second derivative, which a gradient of"
            + " a gradient needs; write it in ops instead");
  }
}
