package dev.tandem.core.layer;

import static dev.tandem.core.layer.Padding.SAME;
import static dev.tandem.core.layer.Padding.VALID;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.activation.Activations;
import dev.tandem.core.regularizer.Regularizers;
import dev.tandem.core.tensor.Shape;

/** The lines of {@link LayerSamples} that take images. */
final class ImageLayerSamples {

  private static final Shape IMAGE = Shape.of(5, 4, 2);

  private ImageLayerSamples() {}

  static ImmutableList<LayerSample> convolutions() {
    return ImmutableList.of(
        LayerSample.of("conv", () -> Conv2D.filters(3).kernel(3, 2), IMAGE).params(39),
        LayerSample.of("conv of 1 x 1", () -> Conv2D.filters(1).kernel(1).bias(false), IMAGE)
            .params(2),
        LayerSample.of(
                "conv with strides",
                () -> Conv2D.filters(2).kernel(4).stride(2).padding(SAME),
                Shape.of(5, 6, 1))
            .params(34),
        LayerSample.of(
            "conv with other strides",
            () -> Conv2D.filters(2).kernel(2, 3).stride(1, 3).padding(SAME),
            IMAGE),
        LayerSample.of(
            "conv with stride above the window",
            () -> Conv2D.filters(2).kernel(1, 2).stride(2, 3).padding(SAME),
            IMAGE),
        LayerSample.of(
            "conv with dilation",
            () -> Conv2D.filters(1).kernel(2).dilation(2, 1).padding(VALID),
            IMAGE),
        LayerSample.of(
            "conv with activation and penalty",
            () ->
                Conv2D.filters(2)
                    .kernel(2)
                    .padding(SAME)
                    .activation(Activations.leakyRelu(0.2))
                    .activityRegularizer(Regularizers.l2(0.1)),
            Shape.of(3, 2, 2)),
        LayerSample.of(
                "depthwise", () -> DepthwiseConv2D.multiplier(1).kernel(3).padding(SAME), IMAGE)
            .params(20),
        LayerSample.of(
                "depthwise with multiplier and strides",
                () -> DepthwiseConv2D.multiplier(2).kernel(2, 3).stride(2).padding(SAME),
                IMAGE)
            .params(28),
        LayerSample.of(
            "depthwise inside", () -> DepthwiseConv2D.multiplier(2).kernel(2).bias(false), IMAGE));
  }

  static ImmutableList<LayerSample> transposed() {
    Shape image = Shape.of(2, 3, 2);
    return ImmutableList.of(
        LayerSample.of(
                "transposed conv",
                () -> Conv2DTranspose.filters(3).kernel(4).stride(2).padding(SAME),
                image)
            .params(99),
        LayerSample.of(
            "transposed conv inside",
            () -> Conv2DTranspose.filters(1).kernel(3).stride(2).padding(VALID),
            image),
        LayerSample.of(
            "transposed conv with odd window",
            () -> Conv2DTranspose.filters(2).kernel(3, 2).stride(2, 3).padding(SAME).bias(false),
            image),
        LayerSample.of(
            "transposed conv of stride 1",
            () -> Conv2DTranspose.filters(2).kernel(3).padding(SAME),
            image),
        LayerSample.of(
            "transposed conv with stride above the window",
            () -> Conv2DTranspose.filters(1).kernel(2).stride(3),
            image),
        LayerSample.of(
            "transposed conv with output padding",
            () -> Conv2DTranspose.filters(1).kernel(3).stride(2).padding(SAME).outputPadding(1, 0),
            image),
        LayerSample.of(
            "transposed conv with output padding inside",
            () -> Conv2DTranspose.filters(1).kernel(2).stride(3).outputPadding(1),
            image));
  }

  static ImmutableList<LayerSample> pooling() {
    return ImmutableList.of(
        LayerSample.of("max pool", () -> MaxPooling2D.window(2), IMAGE).params(0),
        LayerSample.of(
            "max pool with overlap", () -> MaxPooling2D.window(3).stride(2).padding(SAME), IMAGE),
        LayerSample.of(
            "max pool with steps of 1", () -> MaxPooling2D.window(2, 3).stride(1), IMAGE),
        LayerSample.of("average pool", () -> AveragePooling2D.window(2), IMAGE).params(0),
        LayerSample.of(
            "average pool with overlap",
            () -> AveragePooling2D.window(3).stride(2, 1).padding(SAME),
            IMAGE),
        LayerSample.of("global max pool", GlobalMaxPooling2D::of, IMAGE),
        LayerSample.of("global average pool", GlobalAveragePooling2D::of, IMAGE),
        LayerSample.of("upsampling", () -> UpSampling2D.size(2), Shape.of(2, 3, 2)),
        LayerSample.of("upsampling of rows", () -> UpSampling2D.size(3, 1), Shape.of(2, 2, 1)));
  }

  static ImmutableList<LayerSample> borders() {
    return ImmutableList.of(
        LayerSample.of("padding", () -> ZeroPadding2D.of(1), Shape.of(2, 3, 2)),
        LayerSample.of("uneven padding", () -> ZeroPadding2D.of(0, 2, 1, 0), Shape.of(2, 3, 2)),
        LayerSample.of("cropping", () -> Cropping2D.of(1), IMAGE),
        LayerSample.of("uneven cropping", () -> Cropping2D.of(0, 2, 1, 0), IMAGE));
  }
}
