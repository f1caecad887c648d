package dev.tandem.core.layer;

import static dev.tandem.core.layer.Padding.SAME;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.activation.Activations;
import dev.tandem.core.tensor.Shape;

/** The lines of {@link LayerSamples} that take volumes (depth, height, width, channels). */
final class VolumeSamples {

  private static final Shape VOLUME = Shape.of(3, 4, 3, 1);

  private VolumeSamples() {}

  static ImmutableList<LayerSample> all() {
    return ImmutableList.of(
        LayerSample.of("conv of volumes", () -> Conv3D.filters(2).kernel(2), Shape.of(2, 3, 2, 2))
            .params(2 * 2 * 2 * 2 * 2 + 2),
        LayerSample.of(
                "conv of volumes with strides",
                () ->
                    Conv3D.filters(1)
                        .kernel(3, 2, 3)
                        .stride(2, 1, 2)
                        .padding(SAME)
                        .activation(Activations.tanh()),
                VOLUME)
            .params(18 + 1),
        LayerSample.of(
            "conv of volumes with dilation",
            () -> Conv3D.filters(1).kernel(2, 1, 2).dilation(2, 1, 1).bias(false),
            VOLUME),
        LayerSample.of(
                "transposed conv of volumes",
                () -> Conv3DTranspose.filters(2).kernel(3, 2, 2).stride(2, 1, 2).padding(SAME),
                Shape.of(2, 2, 1, 1))
            .params(12 * 2 + 2),
        LayerSample.of(
            "transposed conv of volumes inside",
            () -> Conv3DTranspose.filters(1).kernel(2, 2, 1).stride(1, 2, 1).bias(false),
            Shape.of(2, 1, 2, 1)),
        LayerSample.of("max pool of volumes", () -> MaxPooling3D.window(2), VOLUME).params(0),
        LayerSample.of(
            "max pool of volumes with border",
            () -> MaxPooling3D.window(2, 3, 2).stride(2, 2, 1).padding(SAME),
            VOLUME),
        LayerSample.of(
            "average pool of volumes with overlap",
            () -> AveragePooling3D.window(2, 2, 3).stride(1, 2, 2).padding(SAME),
            VOLUME),
        LayerSample.of("global max pool of volumes", () -> GlobalMaxPooling3D.of(), VOLUME),
        LayerSample.of(
            "global average pool of volumes", () -> GlobalAveragePooling3D.of(), VOLUME));
  }
}
