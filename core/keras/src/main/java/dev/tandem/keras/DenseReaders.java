package dev.tandem.keras;

import static dev.tandem.keras.KerasValues.initializer;
import static dev.tandem.keras.KerasValues.regularizer;
import static dev.tandem.keras.KerasValues.with;

import dev.tandem.core.activation.Activation;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Embedding;
import dev.tandem.core.layer.LSTM;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.TimeDistributed;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads layers of matrices: dense, embedding, LSTM. */
final class DenseReaders {

  private DenseReaders() {}

  static void addTo(Map<String, LayerReaders.Entry> all) {
    all.put(
        "Dense",
        new LayerReaders.Entry("Dense, in TimeDistributed for more axes", DenseReaders::dense));
    all.put("Embedding", new LayerReaders.Entry("Embedding", DenseReaders::embedding));
    all.put("LSTM", new LayerReaders.Entry("LSTM", DenseReaders::lstm));
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
    Dense made = dense;
    return LayerPlan.Reading.of((plan, inputs) -> onLastAxis(plan, made, inputs.get(0)))
        .wrappable(made);
  }

  /** Keras's Dense works on the last axis of any rank. */
  private static SymbolicTensor onLastAxis(LayerPlan plan, Dense dense, SymbolicTensor x) {
    int steps = x.shape().rank() - 2;
    if (steps <= 0) {
      return plan.layer(() -> dense).apply(x);
    }
    Layer inner = plan.layers().isEmpty() ? plan.inner(() -> dense) : plan.layers().get(0);
    return plan.around(
            inner,
            "_" + steps,
            () -> {
              Layer layer = inner;
              for (int i = 0; i < steps; i++) {
                layer = TimeDistributed.of(layer);
              }
              return layer;
            })
        .apply(x);
  }

  private static LayerPlan.Reading embedding(Config config) {
    config.expectOff(
        "mask_zero",
        "Tandem has no masks, and the layers behind would take the padding for data; if they may,"
            + " build the model with mask_zero=False");
    config.ignore("lora_rank", "lora_alpha");
    Embedding table = Embedding.of(config.positive("input_dim"), config.positive("output_dim"));
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

  private static LayerPlan.Reading lstm(Config config) {
    config.ignore("implementation", "unroll", "use_cudnn", "seed", "zero_output_for_mask");
    for (String key : List.of("return_state", "go_backwards", "stateful", "time_major")) {
      config.expectOff(key, "Tandem's LSTM has no such thing; build the model without it");
    }
    for (String key : List.of("dropout", "recurrent_dropout")) {
      double rate = config.number(key, 0);
      if (rate != 0) {
        config.note(key + " " + rate + " is left out" + KerasValues.ONLY_LEARNED);
      }
    }
    LSTM lstm =
        LSTM.units(config.positive("units"))
            .returnSequences(config.flag("return_sequences", false))
            .bias(config.flag("use_bias", true))
            .unitForgetBias(config.flag("unit_forget_bias", true));
    lstm = with(lstm, nonlinear(config, "activation"), LSTM::activation);
    lstm = with(lstm, nonlinear(config, "recurrent_activation"), LSTM::recurrentActivation);
    lstm = with(lstm, initializer(config, "kernel_initializer"), LSTM::kernelInitializer);
    lstm = with(lstm, initializer(config, "recurrent_initializer"), LSTM::recurrentInitializer);
    lstm = with(lstm, initializer(config, "bias_initializer"), LSTM::biasInitializer);
    lstm = with(lstm, regularizer(config, "kernel_regularizer"), LSTM::kernelRegularizer);
    lstm = with(lstm, regularizer(config, "recurrent_regularizer"), LSTM::recurrentRegularizer);
    lstm = with(lstm, regularizer(config, "bias_regularizer"), LSTM::biasRegularizer);
    KerasValues.leftOut(config, "kernel_constraint", "recurrent_constraint", "bias_constraint");
    return LayerPlan.Reading.of(lstm);
  }

  private static Optional<Activation> nonlinear(Config config, String key) {
    Optional<Activation> activation = KerasValues.activation(config, key);
    if (activation.isEmpty()
        && config.has(key)
        && KerasValues.name(config.get(key)).equals("linear")) {
      config.refuse(key, "Tandem's LSTM needs an activation there");
    }
    return activation;
  }
}
