package dev.tandem.keras;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableSortedMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The classes of Keras that become layers, and what reads their configuration. */
final class LayerReaders {

  /** Reads the configuration of a class. */
  interface Reader {
    LayerPlan.Reading read(Config config);
  }

  /**
   * What becomes of a class.
   *
   * @param becomes the layers of Tandem, for people
   * @param reader of its configuration
   */
  record Entry(String becomes, Reader reader) {}

  private static final ImmutableSortedMap<String, Entry> ALL = all();

  private LayerReaders() {}

  private static ImmutableSortedMap<String, Entry> all() {
    Map<String, Entry> all = new TreeMap<>();
    DenseReaders.addTo(all);
    ImageReaders.addTo(all);
    SequenceReaders.addTo(all);
    VolumeReaders.addTo(all);
    RecurrentReaders.addTo(all);
    AttentionReaders.addTo(all);
    NormReaders.addTo(all);
    ActivationReaders.addTo(all);
    ShapeReaders.addTo(all);
    MergeReaders.addTo(all);
    WrapperReaders.addTo(all);
    return ImmutableSortedMap.copyOf(all);
  }

  /** By class of Keras what it becomes, for lists. */
  static Map<String, Entry> supported() {
    return ALL;
  }

  /**
   * Reads a layer.
   *
   * @param node its class and configuration
   * @param model what messages call the model that it is in
   */
  static LayerPlan read(JsonNode node, String model, Problems problems) {
    String type = node.path("class_name").asText();
    JsonNode settings = node.path("config");
    String name = settings.path("name").asText(node.path("name").asText(type));
    List<String> notes = new ArrayList<>();
    Config config = new Config(settings, place(model, name, type), problems, notes);
    boolean trainable = config.flag("trainable", true);
    LayerPlan.Reading reading = reading(node, type, config);
    return reading.plan(name, type, trainable, notes);
  }

  static String place(String model, String name, String type) {
    return model + ", layer \"" + name + "\" (" + type + ")";
  }

  /** Reads a layer that may have no name of its own, such as one inside of a wrapper. */
  static LayerPlan.Reading reading(JsonNode node, String type, Config config) {
    LayerPlan.Reading nothing = LayerPlan.Reading.of((plan, inputs) -> inputs.get(0));
    Entry entry = ALL.get(type);
    boolean custom = node.path("registered_name").isTextual() || !isOfKeras(node.path("module"));
    if (type.equals("Lambda")) {
      config
          .problems()
          .add(
              config.place(),
              "is Python code, which is never run; replace it by layers in Keras, or write the"
                  + " model in Java and load the weights with KerasWeights");
      return nothing;
    }
    String module = node.path("module").asText("");
    if (module.startsWith("keras.src.ops") || module.startsWith("keras.ops")) {
      if (entry == null || !MergeReaders.OPERATORS.contains(type)) {
        config
            .problems()
            .add(
                config.place(),
                "is a function of keras.ops; of those "
                    + String.join(", ", MergeReaders.OPERATORS)
                    + " of two tensors are imported");
        return nothing;
      }
      return entry.reader().read(config);
    }
    if (entry == null || custom) {
      config
          .problems()
          .add(
              config.place(),
              custom
                  ? "is a class of your own ("
                      + node.path("module").asText("")
                      + "), whose code is not in the file; write the model in Java and load the"
                      + " weights with KerasWeights"
                  : "is a class that is not imported; those that are: "
                      + String.join(", ", ALL.keySet()));
      return nothing;
    }
    config.ignore("name", "trainable", "dtype", "batch_input_shape", "batch_shape", "input_shape");
    config.ignore("autocast", "build_config", "input_dim", "input_length", "batch_size");
    Types.check(config);
    LayerPlan.Reading reading;
    try {
      reading = entry.reader().read(config);
    } catch (IllegalArgumentException error) {
      config.problems().add(config.place(), String.valueOf(error.getMessage()));
      return nothing;
    }
    KerasValues.leftOut(config, "activity_regularizer");
    config.finish();
    return reading;
  }

  private static boolean isOfKeras(JsonNode module) {
    return !module.isTextual()
        || module.asText().startsWith("keras")
        || module.asText().startsWith("tensorflow.keras")
        || module.asText().startsWith("tf_keras")
        || module.asText().startsWith("builtins");
  }
}
