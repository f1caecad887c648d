package dev.tandem.gan.step;

import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.Node;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.model.Model;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Cuts a net at its layers, at each one once. */
final class LayerOutputs {

  private final Model net;
  private final Map<String, Model> cuts = new HashMap<>();

  LayerOutputs(Model net) {
    this.net = net;
  }

  /**
   * What a layer of the net makes of the net's inputs.
   *
   * @param layer the name of a layer or model that the net calls; of several calls the first
   * @throws IllegalArgumentException if there is none; names those there are
   */
  SymbolicTensor of(String layer, List<SymbolicTensor> inputs) {
    Model cut = cuts.computeIfAbsent(layer, this::cut);
    List<SymbolicTensor> all = List.copyOf(net.graph().inputs());
    SymbolicTensor[] given =
        cut.graph().inputs().stream()
            .map(all::indexOf)
            .map(inputs::get)
            .toArray(SymbolicTensor[]::new);
    return cut.apply(given);
  }

  private Model cut(String layer) {
    List<Node> calls = net.graph().nodes();
    SymbolicTensor output =
        calls.stream()
            .filter(node -> net.nameOf(node.operation()).equals(layer))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        net
                            + " has no layer \""
                            + layer
                            + "\" whose output could be matched; it has "
                            + calls.stream().map(node -> net.nameOf(node.operation())).toList()))
            .outputs()
            .get(0);
    List<Input> all = net.graph().inputs().stream().map(Input.class::cast).toList();
    return Model.of(net.name() + "_up_to_" + layer, UsedInputs.of(all, output), List.of(output));
  }
}
