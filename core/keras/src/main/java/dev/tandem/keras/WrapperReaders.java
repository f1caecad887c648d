package dev.tandem.keras;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.SpectralNormalization;
import dev.tandem.core.layer.TimeDistributed;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads layers around a layer. */
final class WrapperReaders {

  private WrapperReaders() {}

  static void addTo(Map<String, LayerReaders.Entry> all) {
    all.put("TimeDistributed", new LayerReaders.Entry("TimeDistributed", WrapperReaders::steps));
    all.put(
        "SpectralNormalization",
        new LayerReaders.Entry("SpectralNormalization", WrapperReaders::spectral));
  }

  private static LayerPlan.Reading steps(Config config) {
    return around(config, TimeDistributed::of);
  }

  private static LayerPlan.Reading spectral(Config config) {
    int iterations = config.has("power_iterations") ? config.positive("power_iterations") : 1;
    return around(config, inner -> SpectralNormalization.of(inner).iterations(iterations));
  }

  static LayerPlan.Reading around(Config config, Function<Layer, Layer> wrapper) {
    LayerPlan.Reading nothing = LayerPlan.Reading.of((plan, inputs) -> inputs.get(0));
    JsonNode node = config.get("layer");
    String type = node.path("class_name").asText("");
    String name = node.path("config").path("name").asText(type);
    Config settings =
        new Config(
            node.path("config"),
            config.place() + ", layer \"" + name + "\" (" + type + ")",
            config.problems(),
            config.notes());
    boolean trainable = settings.flag("trainable", true);
    Optional<Layer> inner = LayerReaders.reading(node, type, settings).single();
    if (inner.isEmpty()) {
      if (LayerReaders.supported().containsKey(type)) {
        config.problems().add(settings.place(), "cannot be wrapped in another layer here");
      }
      return nothing;
    }
    Layer layer = inner.get();
    if (!trainable) {
      layer.setTrainable(false);
    }
    return LayerPlan.Reading.of(wrapper.apply(layer));
  }
}
