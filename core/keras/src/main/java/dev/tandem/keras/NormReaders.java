package dev.tandem.keras;

import static dev.tandem.keras.KerasValues.initializer;
import static dev.tandem.keras.KerasValues.regularizer;
import static dev.tandem.keras.KerasValues.with;

import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.BatchNormalization;
import dev.tandem.core.layer.GroupNormalization;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.LayerNormalization;
import dev.tandem.core.layer.Normalization;
import dev.tandem.core.layer.RMSNormalization;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reads layers that normalize. */
final class NormReaders {

  private static final double EPSILON = 1e-3;

  private NormReaders() {}

  static void addTo(Map<String, LayerReaders.Entry> all) {
    all.put("BatchNormalization", new LayerReaders.Entry("BatchNormalization", NormReaders::batch));
    all.put("LayerNormalization", new LayerReaders.Entry("LayerNormalization", NormReaders::layer));
    all.put("Normalization", new LayerReaders.Entry("Normalization", NormReaders::ofData));
    all.put("RMSNormalization", new LayerReaders.Entry("RMSNormalization", NormReaders::rms));
    all.put("GroupNormalization", new LayerReaders.Entry("GroupNormalization", NormReaders::group));
  }

  private static LayerPlan.Reading batch(Config config) {
    config.ignore("synchronized", "fused", "renorm_momentum", "virtual_batch_size");
    config.ignore("moving_mean_initializer", "moving_variance_initializer");
    config.expectOff("renorm", "Tandem has no batch renormalization; build the model without it");
    if (config.has("virtual_batch_size")) {
      config.refuse("virtual_batch_size", "Tandem normalizes over whole batches");
    }
    BatchNormalization norm =
        BatchNormalization.of()
            .momentum(config.number("momentum", 0.99))
            .epsilon(config.number("epsilon", EPSILON))
            .center(config.flag("center", true))
            .scale(config.flag("scale", true));
    norm =
        with(norm, initializer(config, "gamma_initializer"), BatchNormalization::gammaInitializer);
    norm = with(norm, initializer(config, "beta_initializer"), BatchNormalization::betaInitializer);
    norm =
        with(norm, regularizer(config, "gamma_regularizer"), BatchNormalization::gammaRegularizer);
    norm = with(norm, regularizer(config, "beta_regularizer"), BatchNormalization::betaRegularizer);
    BatchNormalization made = norm;
    return onLastAxis(config, x -> made).wrappable(made);
  }

  private static LayerPlan.Reading layer(Config config) {
    config.expectOff("rms_scaling", "an RMSNormalization does that; build the model with one");
    LayerNormalization norm =
        LayerNormalization.of()
            .axes(axes(config))
            .epsilon(config.number("epsilon", EPSILON))
            .center(config.flag("center", true))
            .scale(config.flag("scale", true));
    norm =
        with(norm, initializer(config, "gamma_initializer"), LayerNormalization::gammaInitializer);
    norm = with(norm, initializer(config, "beta_initializer"), LayerNormalization::betaInitializer);
    norm =
        with(norm, regularizer(config, "gamma_regularizer"), LayerNormalization::gammaRegularizer);
    norm = with(norm, regularizer(config, "beta_regularizer"), LayerNormalization::betaRegularizer);
    KerasValues.leftOut(config, "gamma_constraint", "beta_constraint");
    return LayerPlan.Reading.of(norm);
  }

  private static LayerPlan.Reading rms(Config config) {
    return LayerPlan.Reading.of(
        RMSNormalization.of().axes(axes(config)).epsilon(config.number("epsilon", 1e-6)));
  }

  private static int[] axes(Config config) {
    int[] axes = config.integers("axis");
    return axes.length == 0 ? new int[] {-1} : axes;
  }

  private static LayerPlan.Reading group(Config config) {
    int groups = config.integer("groups", 32);
    double epsilon = config.number("epsilon", EPSILON);
    boolean center = config.flag("center", true);
    boolean scale = config.flag("scale", true);
    var gamma = initializer(config, "gamma_initializer");
    var beta = initializer(config, "beta_initializer");
    var gammaPenalty = regularizer(config, "gamma_regularizer");
    var betaPenalty = regularizer(config, "beta_regularizer");
    return onLastAxis(
        config,
        x -> {
          // -1 is a group for each channel.
          int number = groups == -1 ? Math.toIntExact(x.shape().size(-1)) : groups;
          GroupNormalization norm =
              GroupNormalization.groups(number).epsilon(epsilon).center(center).scale(scale);
          norm = with(norm, gamma, GroupNormalization::gammaInitializer);
          norm = with(norm, beta, GroupNormalization::betaInitializer);
          norm = with(norm, gammaPenalty, GroupNormalization::gammaRegularizer);
          return with(norm, betaPenalty, GroupNormalization::betaRegularizer);
        });
  }

  /** By statistics of data, which are among its weights. */
  private static LayerPlan.Reading ofData(Config config) {
    for (String key : List.of("mean", "variance")) {
      if (config.has(key)) {
        config.refuse(
            key, "statistics are imported from weights; adapt the layer to data in Keras, or here");
      }
    }
    config.expectOff("invert", "Tandem's Normalization does not go back");
    return onLastAxis(config, x -> Normalization.of());
  }

  /** A layer whose axis is the last, which cannot be told before it is called if it is no -1. */
  private static LayerPlan.Reading onLastAxis(
      Config config, Function<SymbolicTensor, Layer> layer) {
    KerasValues.leftOut(config, "gamma_constraint", "beta_constraint");
    int[] axes = config.integers("axis");
    String why =
        "Tandem normalizes along the last axis, channels last; put it there with a Permute";
    if (axes.length > 1) {
      config.refuse("axis", why);
    }
    int axis = axes.length == 0 ? -1 : axes[0];
    return LayerPlan.Reading.of(
        (plan, inputs) -> {
          SymbolicTensor x = inputs.get(0);
          if (axis != -1 && axis != x.shape().rank() - 1) {
            throw new IllegalArgumentException("axis is " + axis + " of " + x.shape() + "; " + why);
          }
          return plan.layer(() -> layer.apply(x)).apply(LayerPlan.array(List.of(x)));
        });
  }
}
