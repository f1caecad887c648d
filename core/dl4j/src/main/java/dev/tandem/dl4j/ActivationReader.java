package dev.tandem.dl4j;

import dev.tandem.core.activation.Activation;
import dev.tandem.core.activation.Activations;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Activations of DL4J as those that are here. */
final class ActivationReader {

  private static final List<Class<?>> AT_LEAST_ZERO =
      List.of(
          Activations.Relu.class,
          Activations.Sigmoid.class,
          Activations.Softmax.class,
          Activations.Softplus.class);

  private ActivationReader() {}

  /** The activation under a key; null for the identity, or where there is none. */
  static @Nullable Activation read(Section layer, String key) {
    Section conf = layer.section(key);
    if (!conf.exists()) {
      return null;
    }
    String type = conf.type().replaceFirst("^Activation", "");
    return switch (type) {
      case "Identity" -> null;
      case "ReLU" -> relu(conf);
      case "LReLU" -> leaky(conf, conf.number("alpha", .01));
      case "ELU" -> Activations.elu(conf.number("alpha", 1));
      case "SELU" -> Activations.selu();
      case "Swish" -> Activations.swish();
      case "TanH" -> Activations.tanh();
      case "Sigmoid" -> Activations.sigmoid();
      case "SoftPlus" -> Activations.softplus();
      case "Softmax" -> Activations.softmax();
      case "GELU" -> unknown(conf, "GELU by a formula of DL4J's own");
      default -> unknown(conf, type);
    };
  }

  private static @Nullable Activation relu(Section conf) {
    if (conf.number("max", 0) != 0 || conf.number("threshold", 0) != 0) {
      return unknown(conf, "ReLU with a maximum or a threshold");
    }
    double slope = conf.number("negativeSlope", 0);
    return slope == 0 ? Activations.relu() : leaky(conf, slope);
  }

  private static @Nullable Activation leaky(Section conf, double slope) {
    if (slope < 0 || slope >= 1) {
      return unknown(conf, "leaky ReLU with the slope " + slope);
    }
    return Activations.leakyRelu(slope);
  }

  private static @Nullable Activation unknown(Section conf, String what) {
    conf.problem("its activation is " + what + ", which is not here");
    return null;
  }

  static boolean isAtLeastZero(@Nullable Activation activation) {
    return activation != null && AT_LEAST_ZERO.contains(activation.getClass());
  }
}
