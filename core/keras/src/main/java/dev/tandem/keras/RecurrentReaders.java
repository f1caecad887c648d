package dev.tandem.keras;

import static dev.tandem.keras.KerasValues.initializer;
import static dev.tandem.keras.KerasValues.regularizer;
import static dev.tandem.keras.KerasValues.with;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.core.activation.Activation;
import dev.tandem.core.layer.Bidirectional;
import dev.tandem.core.layer.GRU;
import dev.tandem.core.layer.LSTM;
import dev.tandem.core.layer.MergeMode;
import dev.tandem.core.layer.SimpleRNN;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads layers that go along sequences with a state. */
final class RecurrentReaders {

  private RecurrentReaders() {}

  static void addTo(Map<String, LayerReaders.Entry> all) {
    all.put("LSTM", new LayerReaders.Entry("LSTM", RecurrentReaders::lstm));
    all.put("GRU", new LayerReaders.Entry("GRU", RecurrentReaders::gru));
    all.put("SimpleRNN", new LayerReaders.Entry("SimpleRNN", RecurrentReaders::simple));
    all.put(
        "Bidirectional", new LayerReaders.Entry("Bidirectional", RecurrentReaders::bidirectional));
  }

  private static void requirePlain(Config config) {
    config.ignore("implementation", "unroll", "use_cudnn", "seed");
    for (String key : List.of("stateful", "time_major", "zero_output_for_mask")) {
      config.expectOff(key, "recurrent layers are imported without it; build the model without it");
    }
    for (String key : List.of("dropout", "recurrent_dropout")) {
      double rate = config.number(key, 0);
      if (rate != 0) {
        config.note(key + " " + rate + " is left out" + KerasValues.ONLY_LEARNED);
      }
    }
    KerasValues.leftOut(config, "kernel_constraint", "recurrent_constraint", "bias_constraint");
  }

  private static LayerPlan.Reading lstm(Config config) {
    requirePlain(config);
    LSTM lstm =
        LSTM.units(config.positive("units"))
            .returnSequences(config.flag("return_sequences", false))
            .returnState(config.flag("return_state", false))
            .reverse(config.flag("go_backwards", false))
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
    return LayerPlan.Reading.of(lstm);
  }

  /** Without a word about reset_after it is off in Keras before 2.0 of TensorFlow, else on. */
  private static LayerPlan.Reading gru(Config config) {
    requirePlain(config);
    GRU gru =
        GRU.units(config.positive("units"))
            .returnSequences(config.flag("return_sequences", false))
            .returnState(config.flag("return_state", false))
            .reverse(config.flag("go_backwards", false))
            .resetAfter(config.flag("reset_after", !config.isKeras2()))
            .bias(config.flag("use_bias", true));
    gru = with(gru, nonlinear(config, "activation"), GRU::activation);
    gru = with(gru, nonlinear(config, "recurrent_activation"), GRU::recurrentActivation);
    gru = with(gru, initializer(config, "kernel_initializer"), GRU::kernelInitializer);
    gru = with(gru, initializer(config, "recurrent_initializer"), GRU::recurrentInitializer);
    gru = with(gru, initializer(config, "bias_initializer"), GRU::biasInitializer);
    gru = with(gru, regularizer(config, "kernel_regularizer"), GRU::kernelRegularizer);
    gru = with(gru, regularizer(config, "recurrent_regularizer"), GRU::recurrentRegularizer);
    gru = with(gru, regularizer(config, "bias_regularizer"), GRU::biasRegularizer);
    return LayerPlan.Reading.of(gru);
  }

  private static LayerPlan.Reading simple(Config config) {
    requirePlain(config);
    SimpleRNN rnn =
        SimpleRNN.units(config.positive("units"))
            .returnSequences(config.flag("return_sequences", false))
            .returnState(config.flag("return_state", false))
            .reverse(config.flag("go_backwards", false))
            .bias(config.flag("use_bias", true));
    rnn = with(rnn, nonlinear(config, "activation"), SimpleRNN::activation);
    rnn = with(rnn, initializer(config, "kernel_initializer"), SimpleRNN::kernelInitializer);
    rnn = with(rnn, initializer(config, "recurrent_initializer"), SimpleRNN::recurrentInitializer);
    rnn = with(rnn, initializer(config, "bias_initializer"), SimpleRNN::biasInitializer);
    rnn = with(rnn, regularizer(config, "kernel_regularizer"), SimpleRNN::kernelRegularizer);
    rnn = with(rnn, regularizer(config, "recurrent_regularizer"), SimpleRNN::recurrentRegularizer);
    rnn = with(rnn, regularizer(config, "bias_regularizer"), SimpleRNN::biasRegularizer);
    return LayerPlan.Reading.of(rnn);
  }

  private static Optional<Activation> nonlinear(Config config, String key) {
    Optional<Activation> activation = KerasValues.activation(config, key);
    if (activation.isEmpty()
        && config.has(key)
        && KerasValues.name(config.get(key)).equals("linear")) {
      config.refuse(key, "Tandem's recurrent layers need an activation there");
    }
    return activation;
  }

  private static LayerPlan.Reading bidirectional(Config config) {
    MergeMode mode =
        switch (config.text("merge_mode", "")) {
          case "concat" -> MergeMode.CONCATENATE;
          case "sum" -> MergeMode.SUM;
          case "mul" -> MergeMode.MULTIPLY;
          case "ave" -> MergeMode.AVERAGE;
          default -> {
            config.refuse("merge_mode", "outputs of both ways are imported merged to one");
            yield MergeMode.CONCATENATE;
          }
        };
    requireAlike(config);
    if (config.get("layer").path("config") instanceof ObjectNode inner) {
      inner.remove("zero_output_for_mask"); // as Keras's Bidirectional sets it, and ours does
    }
    return WrapperReaders.around(config, inner -> Bidirectional.of(inner).merge(mode));
  }

  /** Refuses a backward layer of other settings than the forward one. */
  private static void requireAlike(Config config) {
    if (!config.has("backward_layer")) {
      return;
    }
    JsonNode back = config.get("backward_layer").path("config");
    for (Map.Entry<String, JsonNode> one : config.get("layer").path("config").properties()) {
      boolean may = one.getKey().equals("name") || one.getKey().equals("go_backwards");
      if (!may && one.getValue().isValueNode() && !one.getValue().equals(back.get(one.getKey()))) {
        config.refuse("backward_layer", "Tandem's Bidirectional has two layers of equal settings");
        return;
      }
    }
  }
}
