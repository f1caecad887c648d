package dev.tandem.keras;

import static dev.tandem.keras.KerasValues.initializer;
import static dev.tandem.keras.KerasValues.regularizer;
import static dev.tandem.keras.KerasValues.with;

import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.MultiHeadAttention;
import java.util.List;
import java.util.Map;

/** Reads attention. */
final class AttentionReaders {

  private AttentionReaders() {}

  static void addTo(Map<String, LayerReaders.Entry> all) {
    all.put(
        "MultiHeadAttention",
        new LayerReaders.Entry("MultiHeadAttention", AttentionReaders::heads));
  }

  private static LayerPlan.Reading heads(Config config) {
    config.ignore("seed", "flash_attention", "query_shape", "key_shape", "value_shape");
    MultiHeadAttention layer =
        MultiHeadAttention.of(config.positive("num_heads"), config.positive("key_dim"))
            .bias(config.flag("use_bias", true))
            .dropout(config.number("dropout", 0));
    if (config.has("value_dim")) {
      layer = layer.valueDim(config.positive("value_dim"));
    }
    if (config.has("output_shape")) {
      layer = layer.outputDim(config.integer("output_shape", 1));
    }
    int[] axes = config.integers("attention_axes");
    if (axes.length > 1 || axes.length == 1 && axes[0] != 1) {
      config.refuse("attention_axes", "Tandem's MultiHeadAttention goes along axis 1");
    }
    if (config.flag("use_gate", false)) {
      config.refuse("use_gate", "Tandem's MultiHeadAttention has no gate");
    }
    layer =
        with(
            layer,
            initializer(config, "kernel_initializer"),
            MultiHeadAttention::kernelInitializer);
    layer =
        with(layer, initializer(config, "bias_initializer"), MultiHeadAttention::biasInitializer);
    layer =
        with(
            layer,
            regularizer(config, "kernel_regularizer"),
            MultiHeadAttention::kernelRegularizer);
    layer =
        with(layer, regularizer(config, "bias_regularizer"), MultiHeadAttention::biasRegularizer);
    KerasValues.leftOut(config, "kernel_constraint", "bias_constraint");
    MultiHeadAttention plain = layer;
    return LayerPlan.Reading.ofAll((plan, inputs, form) -> call(plan, plain, inputs, form));
  }

  /** What Keras says in each call, Tandem's layer is set to. */
  private static List<SymbolicTensor> call(
      LayerPlan plan, MultiHeadAttention plain, List<SymbolicTensor> inputs, CallForm form) {
    MultiHeadAttention set = plain.causal(form.causal()).masked(form.attentionMask());
    Layer layer = plan.layer(() -> set);
    if (layer instanceof MultiHeadAttention known && !known.settings().equals(set.settings())) {
      throw new IllegalArgumentException(
          "is called with and without use_causal_mask or attention_mask, which are settings of"
              + " the layer here; take two layers");
    }
    return layer.applyAll(inputs);
  }
}
