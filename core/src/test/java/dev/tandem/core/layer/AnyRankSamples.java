package dev.tandem.core.layer;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.activation.Activations;
import dev.tandem.core.regularizer.Regularizers;
import dev.tandem.core.tensor.Shape;

/** The lines of {@link LayerSamples} on more axes than the usual ones, and those that prepare. */
final class AnyRankSamples {

  private static final Shape TABLE = Shape.of(2, 3);

  private AnyRankSamples() {}

  static ImmutableList<LayerSample> all() {
    return ImmutableList.of(
        LayerSample.of(
                "dense on the last axis",
                () ->
                    Dense.units(2)
                        .activation(Activations.tanh())
                        .activityRegularizer(Regularizers.l2(0.1)),
                Shape.of(2, 1, 3))
            .params(8),
        LayerSample.of(
            "dot of higher ranks", () -> Dot.axes(2, 1), Shape.of(2, 3, 2), Shape.of(3, 2)),
        LayerSample.of(
            "softmax of higher rank",
            () -> ActivationLayer.of(Activations.softmax()),
            Shape.of(2, 1, 3)),
        LayerSample.of("layer norm of two axes", () -> LayerNormalization.of().axes(1, 2), TABLE)
            .params(12),
        LayerSample.of(
                "layer norm of the first axis",
                () -> LayerNormalization.of().axes(1).epsilon(0.1),
                TABLE)
            .params(4),
        LayerSample.of("rms norm", RMSNormalization::of, Shape.of(3)).params(3),
        LayerSample.of(
                "rms norm of two axes",
                () -> RMSNormalization.of().axes(-2, -1).epsilon(0.1),
                TABLE)
            .params(6),
        LayerSample.of("repeated vector", () -> RepeatVector.times(2), Shape.of(3)).params(0),
        LayerSample.of("rescaling", () -> Rescaling.scale(0.5).offset(-1), Shape.of(3)).params(0),
        LayerSample.of("normalization by data", Normalization::of, TABLE).params(6),
        LayerSample.of("dropout of channels", () -> SpatialDropout1D.rate(0.5), Shape.of(2, 3)),
        LayerSample.of(
            "dropout of channels of images", () -> SpatialDropout2D.rate(0.5), Shape.of(2, 1, 3)));
  }
}
