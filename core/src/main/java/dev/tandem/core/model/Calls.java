package dev.tandem.core.model;

import dev.tandem.core.graph.Node;
import dev.tandem.core.graph.Operation;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.tensor.TensorSpec;
import java.util.Collections;
import java.util.List;

/** Records calls of models. */
final class Calls {

  private Calls() {}

  /**
   * A call of a model on tensors that were checked to fit it.
   *
   * @param inference whether it runs as in inference in training steps too
   */
  static List<SymbolicTensor> of(Model model, List<SymbolicTensor> inputs, boolean inference) {
    List<String> names = model.inputs().keySet().asList();
    if (inputs.size() != names.size()) {
      throw new IllegalArgumentException(
          model
              + " takes "
              + names.size()
              + (names.size() == 1 ? " input " : " inputs ")
              + names
              + ", got "
              + inputs.size());
    }
    for (int i = 0; i < inputs.size(); i++) {
      TensorSpec expected = model.graph().inputs().get(i).spec();
      TensorSpec given = inputs.get(i).spec();
      if (!given.equals(expected)) {
        boolean shape = !given.shape().equals(expected.shape());
        throw new IllegalArgumentException(
            model
                + " expects "
                + expected
                + " as \""
                + names.get(i)
                + "\", got "
                + inputs.get(i)
                + (shape
                    ? "; reshape it or build the model for this shape"
                    : "; let both graphs begin at Inputs of one type"));
      }
    }
    List<TensorSpec> outputs = model.graph().outputs().stream().map(SymbolicTensor::spec).toList();
    return Node.call(model, inputs, outputs, masked(model, inputs), inference).outputs();
  }

  /** Which outputs of a model have masks, where it is called on these. */
  private static List<Boolean> masked(Model model, List<SymbolicTensor> inputs) {
    boolean any =
        inputs.stream().anyMatch(SymbolicTensor::isMasked)
            || model.graph().nodes().stream()
                .flatMap(node -> node.outputs().stream())
                .anyMatch(SymbolicTensor::isMasked);
    if (!any) {
      return Collections.nCopies(model.graph().outputs().size(), false);
    }
    try {
      return ModelWalk.interpret(
          model,
          Flags.of(model),
          inputs.stream().map(SymbolicTensor::isMasked).toList(),
          (node, layer, site, in) ->
              layer.masked(node.inputs().stream().map(SymbolicTensor::spec).toList(), in));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          model + " was called on a tensor with a mask: its " + e.getMessage(), e);
    }
  }

  /** The only one of a model's outputs. */
  static SymbolicTensor only(Model model, List<SymbolicTensor> outputs) {
    if (outputs.size() != 1) {
      throw new IllegalStateException(
          model
              + " has "
              + outputs.size()
              + " outputs "
              + model.outputs().keySet()
              + "; call applyAll for all of them");
    }
    return outputs.get(0);
  }

  /** Calls of layers and models one after another. */
  static SymbolicTensor chain(SymbolicTensor input, Operation... chain) {
    SymbolicTensor x = input;
    for (int i = 0; i < chain.length; i++) {
      if (chain[i] == null) {
        throw new IllegalArgumentException(
            "number " + (i + 1) + " of the chain is null; give a layer or a model");
      }
      x = chain[i].apply(x);
    }
    return x;
  }
}
