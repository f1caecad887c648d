package dev.tandem.gan.conditioning;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.Node;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.model.Model;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;

/**
 * Two networks beside each other as one side of a pair: (first, second) to the output of each. So
 * whatever is done with a side is done with both: first weights, the selection that one optimizer
 * updates, the average.
 */
final class ParallelNets {

  private ParallelNets() {}

  static Model of(String name, Model one, Model other) {
    Input first = input(one);
    Input second = input(other);
    return Model.of(name, List.of(first, second), List.of(one.apply(first), other.apply(second)));
  }

  private static Input input(Model net) {
    TensorSpec spec = net.graph().inputs().get(0).spec();
    return Input.of("for_" + net.name(), spec.shape().sample(), spec.dtype());
  }

  /**
   * The two networks of such a side.
   *
   * @throws IllegalArgumentException if it does not
   */
  static ImmutableList<Model> parts(Model net) {
    List<SymbolicTensor> inputs = net.graph().inputs();
    List<SymbolicTensor> outputs = net.graph().outputs();
    ImmutableList.Builder<Model> parts = ImmutableList.builder();
    for (int i = 0; i < outputs.size(); i++) {
      Node call = outputs.get(i).producer();
      if (outputs.size() != 2
          || inputs.size() != 2
          || call == null
          || !net.models().contains(call.operation())
          || !call.inputs().equals(List.of(inputs.get(i)))) {
        throw new IllegalArgumentException(
            net
                + " does not consist of two nets beside each other; build the pair by"
                + " AdversarialPair.cyclic(forth, back, cycle)");
      }
      parts.add((Model) call.operation());
    }
    return parts.build();
  }
}
