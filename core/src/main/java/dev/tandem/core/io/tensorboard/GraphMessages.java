package dev.tandem.core.io.tensorboard;

import dev.tandem.core.graph.Node;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.model.Model;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nd4j.shade.protobuf.ByteString;
import org.tensorflow.framework.AttrValue;
import org.tensorflow.framework.GraphDef;
import org.tensorflow.framework.NodeDef;

/**
 * Models as graphs: a node for each input and each call, under {@code model/layer}, nested models
 * as scopes. What a node's layer holds is in its attributes: shape, parameters, and whether a
 * trainer moves it.
 */
final class GraphMessages {

  private final GraphDef.Builder graph = GraphDef.newBuilder();
  private final Set<String> names = new LinkedHashSet<>();
  private final Set<Weight> moved;

  private GraphMessages(Set<Weight> moved) {
    this.moved = moved;
  }

  /** The graph of some models, each under its name. */
  static GraphDef of(List<Model> models, Set<Weight> moved) {
    GraphMessages messages = new GraphMessages(moved);
    models.forEach(model -> messages.draw(model, model.name(), List.of()));
    return messages.graph.build();
  }

  /** Draws a model behind some nodes, or its own inputs; gives the nodes of its outputs. */
  private List<String> draw(Model model, String scope, List<String> given) {
    Map<SymbolicTensor, String> made = new HashMap<>();
    int index = 0;
    for (Map.Entry<String, SymbolicTensor> input : model.inputs().entrySet()) {
      String from =
          given.isEmpty()
              ? add(scope + "/" + input.getKey(), "Placeholder", List.of(), input.getValue(), null)
              : given.get(index);
      made.put(input.getValue(), from);
      index++;
    }
    for (Node node : model.graph().nodes()) {
      List<String> inputs = node.inputs().stream().map(x -> made.getOrDefault(x, "")).toList();
      String name = scope + "/" + model.nameOf(node.operation());
      if (node.operation() instanceof Model inner) {
        List<String> outputs = draw(inner, free(name), inputs);
        for (int i = 0; i < node.outputs().size(); i++) {
          made.put(node.outputs().get(i), outputs.get(i));
        }
      } else if (node.operation() instanceof Layer layer) {
        String type = layer.typeName();
        String drawn = add(free(name), type, inputs, node.outputs().get(0), layer);
        node.outputs().forEach(output -> made.put(output, drawn));
      }
    }
    return model.outputs().values().stream().map(x -> made.getOrDefault(x, "")).toList();
  }

  private String free(String name) {
    String free = name;
    for (int i = 1; !names.add(free); i++) {
      free = name + "_call" + i;
    }
    return free;
  }

  private String add(
      String name, String type, List<String> inputs, SymbolicTensor output, @Nullable Layer layer) {
    String legal = name.replaceAll("[^A-Za-z0-9_./-]", "_");
    NodeDef.Builder node = NodeDef.newBuilder().setName(legal).setOp(type);
    inputs.forEach(node::addInput);
    node.putAttr("shape", text(output.spec().toString()));
    if (layer != null && !layer.weights().isEmpty()) {
      long numbers = layer.weights().stream().mapToLong(Weight::length).sum();
      node.putAttr("parameters", text(Long.toString(numbers)));
      boolean moves = layer.weights().stream().anyMatch(moved::contains);
      node.putAttr("moved", text(moves ? "yes" : "no"));
      node.putAttr("trainable", text(layer.isTrainable() ? "yes" : "frozen"));
    }
    graph.addNode(node);
    return legal;
  }

  private static AttrValue text(String value) {
    return AttrValue.newBuilder().setS(ByteString.copyFromUtf8(value)).build();
  }
}
