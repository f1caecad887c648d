package dev.tandem.dl4j;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;

/** Makes one list of steps of either kind of configuration. */
final class NetReader {

  /** What the input of a MultiLayerNetwork is called, which has no name there. */
  static final String INPUT = "input";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Problems problems;

  private NetReader(Problems problems) {
    this.problems = problems;
  }

  static Net read(String json, Problems problems) {
    JsonNode root;
    try {
      root = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw problems.fail(
          ZipContents.CONFIGURATION
              + " is no JSON text ("
              + e.getOriginalMessage()
              + "); save the net again");
    }
    NetReader reader = new NetReader(problems);
    if (root.path("confs").isArray()) {
      return reader.chain(root);
    }
    if (root.path("vertices").isObject()) {
      return reader.graph(root);
    }
    throw problems.fail(
        ZipContents.CONFIGURATION
            + " describes neither a MultiLayerNetwork (\"confs\") nor a ComputationGraph"
            + " (\"vertices\"); give a net that one of them saved");
  }

  private DataType dataType(JsonNode root) {
    String type = root.path("dataType").asText("FLOAT");
    return switch (type) {
      case "FLOAT", "HALF", "BFLOAT16" -> DataType.FLOAT;
      case "DOUBLE" -> DataType.DOUBLE;
      default -> {
        problems.add("the net", "its data type is " + type + "; there are FLOAT, HALF and DOUBLE");
        yield DataType.FLOAT;
      }
    };
  }

  private Net chain(JsonNode root) {
    List<Step> steps = new ArrayList<>();
    Set<String> names = new HashSet<>(Set.of(INPUT));
    String before = INPUT;
    int index = 0;
    for (JsonNode conf : root.path("confs")) {
      String given = conf.path("layer").path("layerName").asText("layer" + index);
      String name = names.add(given) ? given : given + "_" + index;
      names.add(name);
      JsonNode pre = root.path("inputPreProcessors").path(Integer.toString(index));
      Step step = step(name, "layer " + index + " ", conf.path("layer"), List.of(before), pre);
      if (step != null) {
        steps.add(step);
      }
      before = name;
      index++;
    }
    if (index == 0) {
      throw problems.fail(ZipContents.CONFIGURATION + " has no layers");
    }
    return new Net("MultiLayerNetwork", dataType(root), List.of(INPUT), steps, List.of(before));
  }

  private Net graph(JsonNode root) {
    Section section = new Section(root, "the graph", problems);
    List<String> inputs = section.texts("networkInputs");
    List<String> outputs = section.texts("networkOutputs");
    Map<String, JsonNode> vertices = new LinkedHashMap<>();
    root.path("vertices").properties().forEach(e -> vertices.put(e.getKey(), e.getValue()));
    Map<String, List<String>> reads = new LinkedHashMap<>();
    Section edges = section.section("vertexInputs");
    vertices.keySet().forEach(name -> reads.put(name, edges.texts(name)));
    if (inputs.isEmpty() || outputs.isEmpty() || !vertices.keySet().containsAll(outputs)) {
      throw problems.fail(
          ZipContents.CONFIGURATION + " names no inputs, or outputs that are no vertices");
    }
    List<Step> steps = new ArrayList<>();
    for (String name : order(section, inputs, reads)) {
      JsonNode vertex = vertices.get(name);
      if (vertex == null) {
        continue; // an input of the net
      }
      boolean isLayer = vertex.path("@class").asText().endsWith(".LayerVertex");
      JsonNode conf = isLayer ? vertex.path("layerConf").path("layer") : vertex;
      Step step =
          step(name, "", conf, reads.getOrDefault(name, List.of()), vertex.path("preProcessor"));
      if (step != null) {
        steps.add(step);
      }
    }
    return new Net("ComputationGraph", dataType(root), inputs, steps, outputs);
  }

  /**
   * The order in which DL4J lays out parameters: the one in the file, or where an older DL4J wrote
   * none, Kahn's with what was drawn first served first.
   */
  private List<String> order(Section graph, List<String> inputs, Map<String, List<String>> reads) {
    List<String> inFile = graph.texts("topologicalOrderStr");
    Set<String> all = new HashSet<>(inputs);
    all.addAll(reads.keySet());
    if (new HashSet<>(inFile).equals(all) && inFile.size() == all.size()) {
      return inFile;
    }
    List<String> drawn = new ArrayList<>(inputs);
    drawn.addAll(reads.keySet());
    Map<String, Set<String>> waiting = new HashMap<>();
    reads.forEach((name, from) -> waiting.put(name, new HashSet<>(from)));
    List<String> ready =
        new ArrayList<>(
            drawn.stream().filter(n -> waiting.getOrDefault(n, Set.of()).isEmpty()).toList());
    for (int i = 0; i < ready.size(); i++) {
      String done = ready.get(i);
      for (String next : drawn) {
        Set<String> left = waiting.get(next);
        if (left != null && left.remove(done) && left.isEmpty()) {
          ready.add(next);
        }
      }
    }
    if (ready.size() != drawn.size()) {
      throw problems.fail(
          ZipContents.CONFIGURATION + " has vertices that read each other, or what is not there");
    }
    return ready;
  }

  /** A step without the wrappers that freeze it; null if it cannot be read at all. */
  private @Nullable Step step(
      String name, String place, JsonNode conf, List<String> inputs, JsonNode pre) {
    Section section = new Section(conf, place + "\"" + name + "\"", problems);
    boolean frozen = false;
    while (List.of("FrozenLayer", "FrozenLayerWithBackprop", "FrozenVertex")
        .contains(section.type())) {
      frozen = true;
      section = section.section(section.type().equals("FrozenLayer") ? "layer" : "underlying");
    }
    if (section.type().isEmpty()) {
      section.problem(
          conf.size() == 1
              ? "is written as DL4J 0.9.1 and older wrote layers, {\""
                  + conf.fieldNames().next()
                  + "\": …}; load the net with a version from 1.0.0-beta to M2.1 and save it again"
              : "names no class of a layer or vertex; save the net again with 1.0.0-M2.1");
      return null;
    }
    Section named = section.at(section.place() + " (" + section.type() + ")");
    Section before = new Section(pre, named.place(), problems);
    return new Step(name, named, inputs, before.exists() ? before : null, frozen);
  }
}
