package dev.tandem.examples.trained;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.io.LibraryVersion;
import dev.tandem.core.io.Safetensors;
import dev.tandem.core.io.WholeFile;
import dev.tandem.core.tensor.Shape;
import dev.tandem.examples.gan.GeneratorFile;
import dev.tandem.gan.latent.LatentTypes;
import dev.tandem.onnx.OnnxFile;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** A generator in the files that hubs of models, as Hugging Face's, expect. */
final class HubFolder {

  private static final JsonMapper JSON = new JsonMapper();

  private HubFolder() {}

  /**
   * Writes the files, in place of earlier ones; what may be refused comes first.
   *
   * @param folder that is there
   */
  static void write(GeneratorFile generator, RunFacts run, boolean onnx, Path folder) {
    if (onnx) {
      OnnxFile.save(generator.model(), run.facts(), folder.resolve("model.onnx"));
    }
    Safetensors.save(generator.model(), run.facts(), folder.resolve("model.safetensors"));
    WholeFile.write(folder.resolve("config.json"), config(generator, run));
    WholeFile.write(folder.resolve("README.md"), ModelCard.of(generator, run, onnx));
  }

  private static String config(GeneratorFile generator, RunFacts run) {
    ObjectNode config =
        JSON.createObjectNode()
            .put("library_name", "tandem")
            .put("library_version", LibraryVersion.CURRENT)
            .put("model_type", "gan_generator");
    config.putArray("architectures").add(generator.model().name());
    ports(config.putObject("inputs"), generator.model().inputs());
    ports(config.putObject("outputs"), generator.model().outputs());
    generator
        .latent()
        .flatMap(LatentTypes::describe)
        .ifPresent(latent -> config.set("latent", JSON.valueToTree(latent)));
    config.put("classes", generator.classes());
    config.put("parameters", generator.model().countParams());
    ObjectNode training = config.putObject("training");
    run.facts().forEach(training::put);
    ObjectNode scores = config.putObject("scores");
    run.scores().forEach(scores::put);
    run.settings().ifPresent(settings -> config.put("settings", settings));
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(config) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree cannot be written", e);
    }
  }

  private static void ports(ObjectNode node, Map<String, SymbolicTensor> ports) {
    ports.forEach(
        (name, tensor) -> {
          ObjectNode port = node.putObject(name);
          ArrayNode shape = port.putArray("shape");
          for (long size : tensor.shape().toArray()) {
            if (size == Shape.BATCH) {
              shape.add("batch");
            } else {
              shape.add(size);
            }
          }
          port.put("dtype", type(tensor));
        });
  }

  /** The type of a tensor as NumPy calls it. */
  static String type(SymbolicTensor tensor) {
    return switch (tensor.spec().dtype()) {
      case FLOAT -> "float32";
      case DOUBLE -> "float64";
      case INT -> "int32";
      case LONG -> "int64";
      default -> tensor.spec().dtype().name().toLowerCase(Locale.ROOT);
    };
  }
}
