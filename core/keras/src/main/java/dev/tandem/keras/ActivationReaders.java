package dev.tandem.keras;

import static dev.tandem.keras.KerasValues.initializer;
import static dev.tandem.keras.KerasValues.regularizer;
import static dev.tandem.keras.KerasValues.with;

import dev.tandem.core.activation.Activation;
import dev.tandem.core.activation.Activations;
import dev.tandem.core.layer.ActivationLayer;
import dev.tandem.core.layer.Dropout;
import dev.tandem.core.layer.GaussianNoise;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.PRelu;
import dev.tandem.core.layer.Rescaling;
import dev.tandem.core.layer.SpatialDropout1D;
import dev.tandem.core.layer.SpatialDropout2D;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;

/** Reads activations that are layers, and noise. */
final class ActivationReaders {

  /** Layers that do nothing when a model predicts, and that Tandem has no other for. */
  private static final List<String> IN_TRAINING_ALONE =
      List.of(
          "ActivityRegularization",
          "AlphaDropout",
          "GaussianDropout",
          "RandomBrightness",
          "RandomContrast",
          "RandomFlip",
          "RandomRotation",
          "RandomTranslation",
          "RandomZoom");

  private ActivationReaders() {}

  static void addTo(Map<String, LayerReaders.Entry> all) {
    all.put(
        "Activation",
        new LayerReaders.Entry("ActivationLayer; linear ones a Reshape", ActivationReaders::named));
    all.put("ReLU", new LayerReaders.Entry("ActivationLayer", ActivationReaders::relu));
    all.put("LeakyReLU", new LayerReaders.Entry("ActivationLayer", ActivationReaders::leaky));
    all.put("ELU", new LayerReaders.Entry("ActivationLayer", ActivationReaders::elu));
    all.put("Softmax", new LayerReaders.Entry("ActivationLayer", ActivationReaders::softmax));
    all.put("PReLU", new LayerReaders.Entry("PRelu", ActivationReaders::prelu));
    all.put("Dropout", new LayerReaders.Entry("Dropout", ActivationReaders::dropout));
    all.put(
        "SpatialDropout1D",
        new LayerReaders.Entry(
            "SpatialDropout1D", config -> channels(config, SpatialDropout1D::rate)));
    all.put(
        "SpatialDropout2D",
        new LayerReaders.Entry(
            "SpatialDropout2D", config -> channels(config, SpatialDropout2D::rate)));
    all.put("GaussianNoise", new LayerReaders.Entry("GaussianNoise", ActivationReaders::noise));
    all.put("Rescaling", new LayerReaders.Entry("Rescaling", ActivationReaders::rescaling));
    for (String type : IN_TRAINING_ALONE) {
      all.put(
          type,
          new LayerReaders.Entry(
              "nothing: a Reshape to the same shape, with a word in the report",
              config -> inTrainingAlone(config)));
    }
  }

  private static LayerPlan.Reading layer(Activation activation) {
    return LayerPlan.Reading.of(ActivationLayer.of(activation));
  }

  private static LayerPlan.Reading named(Config config) {
    return KerasValues.activation(config, "activation")
        .map(ActivationReaders::layer)
        .orElse(ShapeReaders.identity());
  }

  private static LayerPlan.Reading relu(Config config) {
    return layer(KerasValues.relu(config));
  }

  /** The slope is alpha in Keras 2. */
  private static LayerPlan.Reading leaky(Config config) {
    return layer(
        Activations.leakyRelu(config.number("negative_slope", config.number("alpha", 0.3))));
  }

  private static LayerPlan.Reading elu(Config config) {
    return layer(Activations.elu(config.number("alpha", 1)));
  }

  private static LayerPlan.Reading softmax(Config config) {
    int[] axes = config.integers("axis");
    if (axes.length > 1) {
      config.refuse("axis", "Tandem's softmax goes along the last axis");
    }
    int axis = axes.length == 0 ? -1 : axes[0];
    return LayerPlan.Reading.of(
        (plan, inputs) -> {
          int rank = inputs.get(0).shape().rank();
          if (axis != -1 && axis != rank - 1) {
            throw new IllegalArgumentException(
                "axis is " + axis + "; Tandem's softmax goes along the last axis");
          }
          return plan.layer(() -> ActivationLayer.of(Activations.softmax()))
              .apply(LayerPlan.array(inputs));
        });
  }

  private static LayerPlan.Reading prelu(Config config) {
    PRelu prelu = PRelu.of().sharedAxes(config.integers("shared_axes"));
    prelu = with(prelu, initializer(config, "alpha_initializer"), PRelu::alphaInitializer);
    prelu = with(prelu, regularizer(config, "alpha_regularizer"), PRelu::alphaRegularizer);
    KerasValues.leftOut(config, "alpha_constraint");
    return LayerPlan.Reading.of(prelu);
  }

  private static void seeded(Config config) {
    config.ignore("seed");
    config.note("draws its random numbers by Tandem's generator, so training differs in them");
  }

  private static LayerPlan.Reading dropout(Config config) {
    seeded(config);
    if (config.has("noise_shape")) {
      config.refuse("noise_shape", "Tandem's Dropout draws for each element");
    }
    return LayerPlan.Reading.of(Dropout.rate(config.number("rate", 0)));
  }

  private static LayerPlan.Reading channels(Config config, DoubleFunction<Layer> layer) {
    seeded(config);
    KerasValues.requireChannelsLast(config);
    config.ignore("noise_shape");
    return LayerPlan.Reading.of(layer.apply(config.number("rate", 0)));
  }

  private static LayerPlan.Reading noise(Config config) {
    seeded(config);
    return LayerPlan.Reading.of(GaussianNoise.deviation(config.number("stddev", 0)));
  }

  private static LayerPlan.Reading inTrainingAlone(Config config) {
    config.ignoreAll();
    config.note("does nothing here" + KerasValues.ONLY_LEARNED);
    return ShapeReaders.identity();
  }

  private static LayerPlan.Reading rescaling(Config config) {
    double scale = config.number("scale", 1);
    double offset = config.number("offset", 0);
    return LayerPlan.Reading.of(Rescaling.scale(scale).offset(offset));
  }
}
