package dev.tandem.examples.finetune;

import static dev.tandem.core.activation.Activations.relu;
import static dev.tandem.core.layer.Padding.SAME;

import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.ActivationLayer;
import dev.tandem.core.layer.BatchNormalization;
import dev.tandem.core.layer.Conv2D;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Flatten;
import dev.tandem.core.model.Model;

/**
 * A trunk with batch norm and a head of ten classes.
 *
 * @param trunk from an image (28, 28, 1) in [0, 1] to 64 features
 * @param head from features to logits
 * @param model both
 */
record TunedNet(Model trunk, Dense head, Model model) {

  private static final String IMAGE = "image";

  /** A trunk without values yet. */
  static Model newTrunk() {
    return Model.sequential(
        "trunk",
        Input.of(IMAGE, 28, 28, 1),
        Conv2D.filters(16).kernel(5).stride(2).padding(SAME),
        BatchNormalization.of().momentum(0.95).named("norm1"),
        ActivationLayer.of(relu()),
        Conv2D.filters(32).kernel(5).stride(2).padding(SAME),
        BatchNormalization.of().momentum(0.95).named("norm2"),
        ActivationLayer.of(relu()),
        Flatten.of(),
        Dense.units(64),
        BatchNormalization.of().momentum(0.95).named("norm3"),
        ActivationLayer.of(relu()));
  }

  /** A trunk with a head of its own; what has no values gets them by the seed. */
  static TunedNet on(Model trunk, long seed) {
    Input image = Input.of(IMAGE, 28, 28, 1);
    Dense head = Dense.units(10).named("label");
    Model model = Model.of("net", image, head.apply(trunk.apply(image)));
    head.weight("kernel").initialize(seed);
    return new TunedNet(trunk, head, model);
  }
}
