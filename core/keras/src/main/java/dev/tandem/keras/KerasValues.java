package dev.tandem.keras;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.core.activation.Activation;
import dev.tandem.core.activation.Activations;
import dev.tandem.core.initializer.Initializer;
import dev.tandem.core.initializer.Initializers;
import dev.tandem.core.layer.Padding;
import dev.tandem.core.regularizer.Regularizer;
import dev.tandem.core.regularizer.Regularizers;
import java.util.Optional;
import java.util.function.BiFunction;

/** What keys of configurations stand for: activations, regularizers, initializers, paddings. */
final class KerasValues {

  /** The activations that have a name in both. */
  static final String ACTIVATIONS =
      "elu, gelu, hard_sigmoid, leaky_relu, linear, relu, relu6, selu, sigmoid, silu, softmax,"
          + " softplus, swish, tanh";

  static final String ONLY_LEARNED = "; predictions are the same, training goes without it";

  private KerasValues() {}

  /** The activation at a key; empty for a linear one. */
  static Optional<Activation> activation(Config config, String key) {
    JsonNode value = config.get(key);
    if (value.isMissingNode()) {
      return Optional.empty();
    }
    String name = name(value);
    JsonNode settings = value.path("config");
    return switch (name) {
      case "linear" -> Optional.empty();
      case "relu" -> Optional.of(Activations.relu());
      case "relu6" -> Optional.of(Activations.cappedRelu(6));
      case "ReLU" ->
          Optional.of(
              relu(
                  new Config(
                      settings, config.place() + ", " + key, config.problems(), config.notes())));
      case "hard_sigmoid" -> Optional.of(Activations.hardSigmoid(config.isKeras2() ? 0.2 : 1 / 6.));
      case "leaky_relu" -> Optional.of(Activations.leakyRelu(0.2));
      case "LeakyReLU" ->
          Optional.of(
              Activations.leakyRelu(
                  settings.path("negative_slope").asDouble(settings.path("alpha").asDouble(0.3))));
      case "elu" -> Optional.of(Activations.elu());
      case "ELU" -> Optional.of(Activations.elu(settings.path("alpha").asDouble(1)));
      case "selu" -> Optional.of(Activations.selu());
      case "gelu" -> Optional.of(Activations.gelu());
      case "silu", "swish" -> Optional.of(Activations.swish());
      case "tanh" -> Optional.of(Activations.tanh());
      case "sigmoid" -> Optional.of(Activations.sigmoid());
      case "softplus" -> Optional.of(Activations.softplus());
      case "softmax", "Softmax" -> Optional.of(Activations.softmax());
      default -> {
        config.refuse(
            key,
            "Tandem has no such activation (it has "
                + ACTIVATIONS
                + "), and code is never taken from a file; replace it in Keras, or write the model"
                + " in Java and load the weights with KerasWeights");
        yield Optional.empty();
      }
    };
  }

  /** A relu of Keras's, with highest value and slope; of one of both at most. */
  static Activation relu(Config config) {
    double slope = config.number("negative_slope", 0);
    if (config.number("threshold", 0) != 0) {
      config.refuse("threshold", "Tandem's relu bends at 0");
    }
    if (!config.has("max_value")) {
      return slope == 0 ? Activations.relu() : Activations.leakyRelu(slope);
    }
    if (slope != 0) {
      config.refuse("negative_slope", "Tandem has no relu with both a slope and a highest value");
    }
    return Activations.cappedRelu(config.number("max_value", 6));
  }

  /** The name of a class or function, as both versions of Keras write them. */
  static String name(JsonNode value) {
    if (value.isTextual()) {
      return value.textValue();
    }
    String type = value.path("class_name").asText();
    return type.equals("function") && value.path("config").isTextual()
        ? value.path("config").textValue()
        : type;
  }

  /** A layer with a setting, if there is a value for it. */
  static <L, V> L with(L layer, Optional<V> value, BiFunction<L, V, L> setting) {
    return value.map(given -> setting.apply(layer, given)).orElse(layer);
  }

  /** The regularizer at a key, if there is one. */
  static Optional<Regularizer> regularizer(Config config, String key) {
    JsonNode value = config.get(key);
    if (value.isMissingNode()) {
      return Optional.empty();
    }
    JsonNode settings = value.path("config");
    return switch (name(value)) {
      case "L1", "l1" -> Optional.of(Regularizers.l1(settings.path("l1").asDouble(0.01)));
      case "L2", "l2" -> Optional.of(Regularizers.l2(settings.path("l2").asDouble(0.01)));
      case "L1L2", "l1_l2" -> {
        double l1 = settings.path("l1").asDouble(0);
        double l2 = settings.path("l2").asDouble(0);
        yield l1 == 0 && l2 == 0 ? Optional.empty() : Optional.of(Regularizers.l1l2(l1, l2));
      }
      default -> {
        config.note(key + " " + name(value) + " is left out" + ONLY_LEARNED);
        yield Optional.empty();
      }
    };
  }

  /** Remarks that a regularizer or a constraint is not kept, if there is one. */
  static void leftOut(Config config, String... keys) {
    for (String key : keys) {
      if (config.has(key)) {
        config.note(key + " " + name(config.get(key)) + " is left out" + ONLY_LEARNED);
      }
    }
  }

  /** The initializer at a key, if there is one: for who samples first values again. */
  static Optional<Initializer> initializer(Config config, String key) {
    JsonNode value = config.get(key);
    return value.isMissingNode() ? Optional.empty() : initializer(value);
  }

  private static Optional<Initializer> initializer(JsonNode value) {
    JsonNode settings = value.path("config");
    double deviation = settings.path("stddev").asDouble(0.05);
    double mean = settings.path("mean").asDouble(0);
    return switch (name(value)) {
      case "Zeros", "zeros" -> Optional.of(Initializers.zeros());
      case "Ones", "ones" -> Optional.of(Initializers.ones());
      case "Constant", "constant" ->
          settings.path("value").isNumber()
              ? Optional.of(Initializers.constant(settings.path("value").doubleValue()))
              : Optional.empty();
      case "GlorotUniform", "glorot_uniform" -> Optional.of(Initializers.glorotUniform());
      case "GlorotNormal", "glorot_normal" -> Optional.of(Initializers.glorotNormal());
      case "HeUniform", "he_uniform" -> Optional.of(Initializers.heUniform());
      case "HeNormal", "he_normal" -> Optional.of(Initializers.heNormal());
      case "LecunUniform", "lecun_uniform" -> Optional.of(Initializers.lecunUniform());
      case "LecunNormal", "lecun_normal" -> Optional.of(Initializers.lecunNormal());
      case "Orthogonal", "orthogonal" ->
          Optional.of(Initializers.orthogonal(settings.path("gain").asDouble(1)));
      case "RandomNormal", "random_normal", "normal" ->
          deviation > 0 ? Optional.of(Initializers.normal(mean, deviation)) : Optional.empty();
      case "TruncatedNormal", "truncated_normal" ->
          deviation > 0 && mean == 0
              ? Optional.of(Initializers.truncatedNormal(deviation))
              : Optional.empty();
      case "RandomUniform", "random_uniform", "uniform" -> {
        double low = settings.path("minval").asDouble(-0.05);
        double high = settings.path("maxval").asDouble(0.05);
        yield low < high ? Optional.of(Initializers.uniform(low, high)) : Optional.empty();
      }
      default -> Optional.empty();
    };
  }

  /** What happens at the border of images. */
  static Padding padding(Config config) {
    String padding = config.text("padding", "valid");
    return switch (padding) {
      case "valid" -> Padding.VALID;
      case "same" -> Padding.SAME;
      default -> {
        config.refuse("padding", "Tandem pads \"valid\" or \"same\"");
        yield Padding.VALID;
      }
    };
  }

  /** Refuses images whose channels come first. */
  static void requireChannelsLast(Config config) {
    config.expect(
        "data_format",
        "channels_last",
        "Tandem's images are channels last; build the model with data_format=\"channels_last\" in"
            + " Keras, where kernels are the same but those of a Dense behind a Flatten, and load"
            + " the weights into it");
  }
}
