package dev.tandem.examples.siamese;

import static dev.tandem.core.activation.Activations.relu;
import static dev.tandem.core.layer.Padding.SAME;
import static dev.tandem.core.layer.Tensors.norm;
import static dev.tandem.core.layer.Tensors.subtract;

import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Concatenate;
import dev.tandem.core.layer.Conv2D;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Flatten;
import dev.tandem.core.model.Model;
import java.util.List;

/**
 * Three models over one net.
 *
 * @param embedding from an image (28, 28, 1) in [0, 1] to a point (64)
 * @param pairs from two images, {@code left} and {@code right}, to the distance of their points
 * @param triplets from {@code anchor}, {@code positive} and {@code negative} to their points beside
 *     each other
 */
record SiameseNets(Model embedding, Model pairs, Model triplets) {

  static final String LEFT = "left";
  static final String RIGHT = "right";
  static final String ANCHOR = "anchor";
  static final String POSITIVE = "positive";
  static final String NEGATIVE = "negative";

  /** Draws the nets, with first values by the seed. */
  static SiameseNets create(long seed) {
    // region nets
    Model embedding =
        Model.sequential(
            "embedding",
            Input.of("image", 28, 28, 1),
            Conv2D.filters(16).kernel(5).stride(2).padding(SAME).activation(relu()),
            Conv2D.filters(32).kernel(5).stride(2).padding(SAME).activation(relu()),
            Flatten.of(),
            Dense.units(64));

    Input left = Input.of("left", 28, 28, 1);
    Input right = Input.of("right", 28, 28, 1);
    Model pairs =
        Model.of(
            "pairs",
            List.of(left, right),
            List.of(norm(subtract(embedding.apply(left), embedding.apply(right)), 1e-6)));

    Input anchor = Input.of("anchor", 28, 28, 1);
    Input positive = Input.of("positive", 28, 28, 1);
    Input negative = Input.of("negative", 28, 28, 1);
    Model triplets =
        Model.of(
            "triplets",
            List.of(anchor, positive, negative),
            List.of(
                Concatenate.of()
                    .apply(
                        embedding.apply(anchor),
                        embedding.apply(positive),
                        embedding.apply(negative))));
    // endregion
    embedding.initialize(seed);
    return new SiameseNets(embedding, pairs, triplets);
  }
}
