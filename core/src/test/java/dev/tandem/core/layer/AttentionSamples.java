package dev.tandem.core.layer;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.tensor.Shape;

/** The lines of {@link LayerSamples} of attention and positions. */
final class AttentionSamples {

  private AttentionSamples() {}

  static ImmutableList<LayerSample> all() {
    return ImmutableList.of(
        LayerSample.of(
                "causal multi-head attention",
                () -> MultiHeadAttention.of(2, 2).causal(true),
                Shape.of(3, 2))
            .params(3 * (8 + 4) + 8 + 2),
        LayerSample.of(
                "masked multi-head attention of others",
                () ->
                    MultiHeadAttention.of(1, 2)
                        .valueDim(1)
                        .outputDim(3)
                        .bias(false)
                        .masked(true)
                        .returnScores(true),
                Shape.of(2, 2),
                Shape.of(3, 1),
                Shape.of(3, 2),
                Shape.of(2, 3))
            .labels(2)
            .params(4 + 4 + 1 + 3),
        LayerSample.of("learned positions", () -> PositionEmbedding.length(3), Shape.of(2, 2))
            .params(6),
        LayerSample.of("sines of positions", SinePositionEncoding::of, Shape.of(2, 3)).params(0));
  }
}
