package dev.tandem.onnx;

import com.google.common.collect.ImmutableBiMap;
import com.google.common.collect.ImmutableList;
import dev.tandem.core.io.LibraryVersion;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.Variable;
import dev.tandem.core.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.LongStream;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.ValueInfoProto;

/** A model on its way into a file. */
final class NetFile {

  /** The version of the file format that goes with the opset. */
  private static final long FORMAT = 9;

  /** What one file of protocol buffers holds. */
  private static final long MOST_BYTES = Integer.MAX_VALUE - (1L << 24);

  private final Model model;
  private final OpenGraph open;
  private final UniqueNames names = new UniqueNames();
  private final FixedTensors fixed;
  private final NetWriter net;

  NetFile(Model model, OpenGraph open, ImmutableBiMap<Variable, String> paths) {
    this.model = model;
    this.open = open;
    model.inputs().keySet().forEach(names::reserve);
    model.outputs().keySet().forEach(names::reserve);
    this.fixed = new FixedTensors(paths, names);
    this.net = new NetWriter(open, fixed, names, batchInput(model));
  }

  private static String batchInput(Model model) {
    return model.inputs().entrySet().stream()
        .filter(input -> !input.getValue().shape().isConcrete())
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("");
  }

  ModelProto write(Map<String, String> facts) {
    for (OpCall call : open.graph().calls()) {
      if (!net.isDone(call)) {
        Converters.of(call)
            .orElseThrow(() -> new IllegalStateException("" + call))
            .write(call, net);
      }
    }
    Map<String, String> renamed = outputs();
    requireSize();
    GraphProto.Builder graph = GraphProto.newBuilder().setName(model.name());
    net.nodes().forEach(node -> graph.addNode(renamed(node, renamed)));
    graph.addAllInitializer(fixed.tensors());
    model
        .inputs()
        .forEach(
            (name, tensor) ->
                graph.addInput(
                    NetWriter.info(
                        name, Types.number(tensor.spec().dtype()), sizes(tensor.spec().shape()))));
    open.graph()
        .outputs()
        .forEach(
            (name, value) ->
                graph.addOutput(
                    NetWriter.info(name, Types.number(value.dtype()), open.sizes(value))));
    graph.addAllValueInfo(inner(renamed));
    ModelProto.Builder file =
        ModelProto.newBuilder()
            .setIrVersion(FORMAT)
            .setProducerName("Tandem")
            .setProducerVersion(LibraryVersion.CURRENT)
            .setGraph(graph);
    file.addOpsetImportBuilder().setDomain("").setVersion(OnnxFile.OPSET);
    new TreeMap<>(facts)
        .forEach((key, value) -> file.addMetadataPropsBuilder().setKey(key).setValue(value));
    return file.build();
  }

  private static List<Size> sizes(Shape shape) {
    return LongStream.of(shape.toArray())
        .mapToObj(size -> size == Shape.BATCH ? new Size(1, 1, true) : Size.fixed(size))
        .toList();
  }

  /** The tensors that become outputs, by the names that these have. */
  private Map<String, String> outputs() {
    Map<String, String> renamed = new HashMap<>();
    for (Map.Entry<String, Value> output : open.graph().outputs().entrySet()) {
      Value value = output.getValue();
      String tensor = net.get(value);
      boolean made = net.nodes().stream().anyMatch(node -> node.getOutputList().contains(tensor));
      if (!made || renamed.containsKey(tensor)) {
        renamed.put(net.node("Identity", value.call(), List.of(tensor)), output.getKey());
      } else {
        renamed.put(tensor, output.getKey());
      }
    }
    return renamed;
  }

  private static NodeProto renamed(NodeProto node, Map<String, String> names) {
    NodeProto.Builder copy = node.toBuilder().clearInput().clearOutput();
    node.getInputList().forEach(name -> copy.addInput(names.getOrDefault(name, name)));
    node.getOutputList().forEach(name -> copy.addOutput(names.getOrDefault(name, name)));
    return copy.build();
  }

  /** The shapes of what lies between inputs and outputs, for those who look at the graph. */
  private ImmutableList<ValueInfoProto> inner(Map<String, String> renamed) {
    List<ValueInfoProto> infos = new ArrayList<>();
    net.infos()
        .forEach(
            (name, info) -> {
              if (!renamed.containsKey(name) && !model.inputs().containsKey(name)) {
                infos.add(Objects.requireNonNull(info));
              }
            });
    return ImmutableList.copyOf(infos);
  }

  private void requireSize() {
    if (fixed.bytes() > MOST_BYTES) {
      throw new IllegalArgumentException(
          model
              + " cannot be exported: its weights take "
              + fixed.bytes()
              + " bytes, and one ONNX file holds less than 2 GB; export its parts as models of"
              + " their own, or its weights alone with Safetensors.save");
    }
  }
}
