package dev.tandem.keras;

import static dev.tandem.keras.KerasValues.initializer;
import static dev.tandem.keras.KerasValues.regularizer;
import static dev.tandem.keras.KerasValues.with;

import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Embedding;
import java.util.Map;

/** Reads layers of matrices: dense, embedding. */
final class DenseReaders {

  private DenseReaders() {}

  static void addTo(Map<String, LayerReaders.Entry> all) {
    all.put("Dense", new LayerReaders.Entry("Dense", DenseReaders::dense));
    all.put("Embedding", new LayerReaders.Entry("Embedding", DenseReaders::embedding));
  }

  private static LayerPlan.Reading dense(Config config) {
    config.ignore("lora_rank", "lora_alpha");
    Dense dense = Dense.units(config.positive("units")).bias(config.flag("use_bias", true));
    dense = with(dense, KerasValues.activation(config, "activation"), Dense::activation);
    dense = with(dense, initializer(config, "kernel_initializer"), Dense::kernelInitializer);
    dense = with(dense, initializer(config, "bias_initializer"), Dense::biasInitializer);
    dense = with(dense, regularizer(config, "kernel_regularizer"), Dense::kernelRegularizer);
    dense = with(dense, regularizer(config, "bias_regularizer"), Dense::biasRegularizer);
    dense = with(dense, regularizer(config, "activity_regularizer"), Dense::activityRegularizer);
    KerasValues.leftOut(config, "kernel_constraint", "bias_constraint");
    return LayerPlan.Reading.of(dense);
  }

  private static LayerPlan.Reading embedding(Config config) {
    config.ignore("lora_rank", "lora_alpha");
    Embedding table = Embedding.of(config.positive("input_dim"), config.positive("output_dim"));
    if (config.flag("mask_zero", false)) {
      table = table.maskZero(true);
    }
    table =
        with(
            table, initializer(config, "embeddings_initializer"), Embedding::embeddingsInitializer);
    table =
        with(
            table, regularizer(config, "embeddings_regularizer"), Embedding::embeddingsRegularizer);
    KerasValues.leftOut(config, "embeddings_constraint");
    Embedding made = table;
    return LayerPlan.Reading.of(made).onIntegers();
  }
}
