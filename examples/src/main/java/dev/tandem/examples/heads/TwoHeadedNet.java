package dev.tandem.examples.heads;

import static dev.tandem.core.activation.Activations.relu;

import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Conv2D;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Flatten;
import dev.tandem.core.layer.Padding;
import dev.tandem.core.model.Model;
import dev.tandem.core.tensor.Shape;

/**
 * Two models over one trunk.
 *
 * @param trunk from an image to 64 features
 * @param digits from an image to the logits of the ten digits
 * @param parity from an image to the logit of being odd
 * @param parityHead what {@code parity} has for itself
 */
record TwoHeadedNet(Model trunk, Model digits, Model parity, Dense parityHead) {

  /** Draws the net, with first values by the seed. */
  static TwoHeadedNet create(long seed) {
    Input image = Input.of(Questions.IMAGE, Shape.of(28, 28, 1));
    Model trunk =
        Model.sequential(
            "trunk", image, conv(16), conv(32), Flatten.of(), Dense.units(64).activation(relu()));

    SymbolicTensor features = trunk.apply(image);
    Dense digitHead = Dense.units(10).named(Questions.DIGIT);
    Dense parityHead = Dense.units(1).named(Questions.PARITY);
    Model digits = Model.of("digits", image, digitHead.apply(features)).initialize(seed);
    Model parity = Model.of("odd_or_even", image, parityHead.apply(features));
    parityHead.weight("kernel").initialize(seed);
    return new TwoHeadedNet(trunk, digits, parity, parityHead);
  }

  private static Conv2D conv(int filters) {
    return Conv2D.filters(filters).kernel(5).stride(2).padding(Padding.SAME).activation(relu());
  }
}
