package dev.tandem.examples.classifier;

import static dev.tandem.core.activation.Activations.leakyRelu;
import static dev.tandem.core.activation.Activations.relu;

import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Conv2D;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Dropout;
import dev.tandem.core.layer.Flatten;
import dev.tandem.core.layer.MaxPooling2D;
import dev.tandem.core.layer.Padding;
import dev.tandem.core.model.Model;
import java.util.List;

/**
 * Two models over the same layers.
 *
 * @param trained from an image (28, 28, 1) in [−1, 1] to the logits of the ten digits, with dropout
 *     between features and logits
 * @param extractor from an image to its 64 features and to the logits, without dropout: what is
 *     kept
 */
record DigitClassifier(Model trained, Model extractor) {

  static final String IMAGE = "image";
  static final String FEATURES = "features";
  static final String LOGITS = "logits";

  private static final int FEATURE_COUNT = 64;
  private static final double DROPPED = 0.4;

  /** Features that are never quite silent: with plain relu, half of them die. */
  private static final double LEAK = 0.2;

  /** Draws the net, with first values by the seed. */
  static DigitClassifier create(long seed) {
    Input image = Input.of(IMAGE, 28, 28, 1);
    Dense features = Dense.units(FEATURE_COUNT).activation(leakyRelu(LEAK)).named(FEATURES);
    Dense logits = Dense.units(10).named(LOGITS);
    Model trunk =
        Model.sequential(
            "trunk",
            image,
            conv(32, "conv1"),
            MaxPooling2D.window(2),
            conv(48, "conv2"),
            MaxPooling2D.window(2),
            Flatten.of(),
            features);
    SymbolicTensor seen = trunk.output();
    Model extractor =
        Model.of("mnist_classifier", List.of(image), List.of(seen, logits.apply(seen)));
    Model trained = Model.of("digits", image, logits.apply(Dropout.rate(DROPPED).apply(seen)));
    extractor.initialize(seed);
    return new DigitClassifier(trained, extractor);
  }

  /**
   * Scales the features so that their mean square is 1, which leaves the logits as they are:
   * metrics then have numbers of a readable size, whatever the training came to.
   *
   * @param meanSquare what it is now
   */
  void normalize(double meanSquare) {
    double scale = Math.sqrt(meanSquare);
    multiply(FEATURES + "/kernel", 1 / scale);
    multiply(FEATURES + "/bias", 1 / scale);
    multiply(LOGITS + "/kernel", scale);
  }

  private void multiply(String weight, double factor) {
    extractor.weight(weight).set(extractor.weight(weight).values().muli(factor));
  }

  private static Conv2D conv(int filters, String name) {
    return Conv2D.filters(filters).kernel(3).padding(Padding.SAME).activation(relu()).named(name);
  }
}
