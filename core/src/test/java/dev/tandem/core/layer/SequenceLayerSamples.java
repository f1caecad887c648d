package dev.tandem.core.layer;

import static dev.tandem.core.layer.Padding.CAUSAL;
import static dev.tandem.core.layer.Padding.SAME;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.activation.Activations;
import dev.tandem.core.tensor.Shape;

/** The lines of {@link LayerSamples} that take sequences (steps, channels). */
final class SequenceLayerSamples {

  private static final Shape STEPS = Shape.of(4, 2);

  private SequenceLayerSamples() {}

  static ImmutableList<LayerSample> convolutions() {
    return ImmutableList.of(
        LayerSample.of("conv of steps", () -> Conv1D.filters(2).kernel(3), STEPS).params(14),
        LayerSample.of(
                "conv of steps with strides",
                () ->
                    Conv1D.filters(1)
                        .kernel(3)
                        .stride(2)
                        .padding(SAME)
                        .activation(Activations.tanh()),
                STEPS)
            .params(7),
        LayerSample.of(
            "causal conv of steps",
            () -> Conv1D.filters(2).kernel(2).dilation(2).padding(CAUSAL).bias(false),
            STEPS),
        LayerSample.of(
                "transposed conv of steps",
                () -> Conv1DTranspose.filters(2).kernel(3).stride(2).padding(SAME),
                Shape.of(2, 1))
            .params(8),
        LayerSample.of(
            "transposed conv of steps with output padding",
            () -> Conv1DTranspose.filters(1).kernel(3).stride(2).outputPadding(1).bias(false),
            Shape.of(2, 1)),
        LayerSample.of(
                "separable conv of steps",
                () -> SeparableConv1D.filters(1).kernel(2).multiplier(2).padding(SAME),
                STEPS)
            .params(8 + 4 + 1),
        LayerSample.of(
                "separable conv",
                () -> SeparableConv2D.filters(2).kernel(2, 3).stride(2).padding(SAME),
                Shape.of(3, 2, 2))
            .params(12 + 4 + 2));
  }

  static ImmutableList<LayerSample> pooling() {
    return ImmutableList.of(
        LayerSample.of("max pool of steps", () -> MaxPooling1D.window(2), STEPS).params(0),
        LayerSample.of(
            "average pool of steps with overlap",
            () -> AveragePooling1D.window(3).stride(2).padding(SAME),
            STEPS),
        LayerSample.of("global max pool of steps", GlobalMaxPooling1D::of, STEPS),
        LayerSample.of("global average pool of steps", GlobalAveragePooling1D::of, STEPS),
        LayerSample.of("upsampling of steps", () -> UpSampling1D.size(2), Shape.of(2, 2)),
        LayerSample.of("padding of steps", () -> ZeroPadding1D.of(1, 2), Shape.of(2, 2)),
        LayerSample.of("cropping of steps", () -> Cropping1D.of(1, 2), STEPS));
  }
}
