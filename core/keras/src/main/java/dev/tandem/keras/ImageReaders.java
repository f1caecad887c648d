package dev.tandem.keras;

import static dev.tandem.keras.KerasValues.initializer;
import static dev.tandem.keras.KerasValues.regularizer;
import static dev.tandem.keras.KerasValues.with;

import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.AveragePooling2D;
import dev.tandem.core.layer.Conv2D;
import dev.tandem.core.layer.Conv2DTranspose;
import dev.tandem.core.layer.Cropping2D;
import dev.tandem.core.layer.DepthwiseConv2D;
import dev.tandem.core.layer.GlobalAveragePooling2D;
import dev.tandem.core.layer.GlobalMaxPooling2D;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.MaxPooling2D;
import dev.tandem.core.layer.Reshape;
import dev.tandem.core.layer.SeparableConv2D;
import dev.tandem.core.layer.UpSampling2D;
import dev.tandem.core.layer.ZeroPadding2D;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;

/** Reads layers of images: convolutions, pooling, borders. */
final class ImageReaders {

  private ImageReaders() {}

  static void addTo(Map<String, LayerReaders.Entry> all) {
    all.put("Conv2D", new LayerReaders.Entry("Conv2D", ImageReaders::conv));
    all.put("Conv2DTranspose", new LayerReaders.Entry("Conv2DTranspose", ImageReaders::transpose));
    all.put("DepthwiseConv2D", new LayerReaders.Entry("DepthwiseConv2D", ImageReaders::depthwise));
    all.put("SeparableConv2D", new LayerReaders.Entry("SeparableConv2D", ImageReaders::separable));
    all.put("MaxPooling2D", new LayerReaders.Entry("MaxPooling2D", ImageReaders::max));
    all.put("AveragePooling2D", new LayerReaders.Entry("AveragePooling2D", ImageReaders::average));
    all.put(
        "GlobalAveragePooling2D",
        new LayerReaders.Entry(
            "GlobalAveragePooling2D", config -> global(config, GlobalAveragePooling2D::of, 2)));
    all.put(
        "GlobalMaxPooling2D",
        new LayerReaders.Entry(
            "GlobalMaxPooling2D", config -> global(config, GlobalMaxPooling2D::of, 2)));
    all.put("UpSampling2D", new LayerReaders.Entry("UpSampling2D", ImageReaders::upSampling));
    all.put("ZeroPadding2D", new LayerReaders.Entry("ZeroPadding2D", ImageReaders::padding));
    all.put("Cropping2D", new LayerReaders.Entry("Cropping2D", ImageReaders::cropping));
  }

  static void requirePlain(Config config) {
    KerasValues.requireChannelsLast(config);
    if (config.integer("groups", 1) != 1) {
      config.refuse("groups", "Tandem's convolutions have one group of channels");
    }
    config.ignore("rank", "lora_rank", "lora_alpha");
  }

  private static LayerPlan.Reading conv(Config config) {
    requirePlain(config);
    Conv2D conv = Conv2D.filters(config.positive("filters"));
    int[] kernel = config.pair("kernel_size", 1);
    int[] strides = config.pair("strides", 1);
    int[] dilation = config.pair("dilation_rate", 1);
    conv =
        conv.kernel(kernel[0], kernel[1])
            .stride(strides[0], strides[1])
            .dilation(dilation[0], dilation[1])
            .padding(KerasValues.padding(config))
            .bias(config.flag("use_bias", true));
    conv = with(conv, KerasValues.activation(config, "activation"), Conv2D::activation);
    conv = with(conv, initializer(config, "kernel_initializer"), Conv2D::kernelInitializer);
    conv = with(conv, initializer(config, "bias_initializer"), Conv2D::biasInitializer);
    conv = with(conv, regularizer(config, "kernel_regularizer"), Conv2D::kernelRegularizer);
    conv = with(conv, regularizer(config, "bias_regularizer"), Conv2D::biasRegularizer);
    conv = with(conv, regularizer(config, "activity_regularizer"), Conv2D::activityRegularizer);
    KerasValues.leftOut(config, "kernel_constraint", "bias_constraint");
    return LayerPlan.Reading.of(conv);
  }

  private static LayerPlan.Reading transpose(Config config) {
    requirePlain(config);
    Conv2DTranspose conv = Conv2DTranspose.filters(config.positive("filters"));
    int[] kernel = config.pair("kernel_size", 1);
    int[] strides = config.pair("strides", 1);
    int[] dilation = config.pair("dilation_rate", 1);
    conv =
        conv.kernel(kernel[0], kernel[1])
            .stride(strides[0], strides[1])
            .dilation(dilation[0], dilation[1])
            .padding(KerasValues.padding(config))
            .bias(config.flag("use_bias", true));
    if (config.has("output_padding")) {
      int[] further = config.pair("output_padding", 0);
      conv = conv.outputPadding(further[0], further[1]);
    }
    conv = with(conv, KerasValues.activation(config, "activation"), Conv2DTranspose::activation);
    conv =
        with(conv, initializer(config, "kernel_initializer"), Conv2DTranspose::kernelInitializer);
    conv = with(conv, initializer(config, "bias_initializer"), Conv2DTranspose::biasInitializer);
    conv =
        with(conv, regularizer(config, "kernel_regularizer"), Conv2DTranspose::kernelRegularizer);
    conv = with(conv, regularizer(config, "bias_regularizer"), Conv2DTranspose::biasRegularizer);
    conv =
        with(
            conv,
            regularizer(config, "activity_regularizer"),
            Conv2DTranspose::activityRegularizer);
    KerasValues.leftOut(config, "kernel_constraint", "bias_constraint");
    return LayerPlan.Reading.of(conv);
  }

  private static DepthwiseConv2D window(Config config) {
    int[] kernel = config.pair("kernel_size", 1);
    int[] strides = config.pair("strides", 1);
    int[] dilation = config.pair("dilation_rate", 1);
    DepthwiseConv2D conv =
        DepthwiseConv2D.multiplier(
                config.has("depth_multiplier") ? config.positive("depth_multiplier") : 1)
            .kernel(kernel[0], kernel[1])
            .stride(strides[0], strides[1])
            .dilation(dilation[0], dilation[1])
            .padding(KerasValues.padding(config));
    conv =
        with(
            conv, initializer(config, "depthwise_initializer"), DepthwiseConv2D::kernelInitializer);
    KerasValues.leftOut(config, "depthwise_constraint");
    return with(
        conv, regularizer(config, "depthwise_regularizer"), DepthwiseConv2D::kernelRegularizer);
  }

  private static LayerPlan.Reading depthwise(Config config) {
    requirePlain(config);
    // What Conv2D has and DepthwiseConv2D inherits without using it.
    config.ignore("filters", "kernel_initializer", "kernel_regularizer", "kernel_constraint");
    DepthwiseConv2D conv = window(config).bias(config.flag("use_bias", true));
    conv = with(conv, KerasValues.activation(config, "activation"), DepthwiseConv2D::activation);
    conv = with(conv, initializer(config, "bias_initializer"), DepthwiseConv2D::biasInitializer);
    conv = with(conv, regularizer(config, "bias_regularizer"), DepthwiseConv2D::biasRegularizer);
    conv =
        with(
            conv,
            regularizer(config, "activity_regularizer"),
            DepthwiseConv2D::activityRegularizer);
    KerasValues.leftOut(config, "bias_constraint");
    return LayerPlan.Reading.of(conv);
  }

  private static LayerPlan.Reading separable(Config config) {
    requirePlain(config);
    config.ignore("kernel_initializer", "kernel_regularizer", "kernel_constraint");
    int[] kernel = config.pair("kernel_size", 1);
    int[] strides = config.pair("strides", 1);
    int[] dilation = config.pair("dilation_rate", 1);
    SeparableConv2D conv =
        SeparableConv2D.filters(config.positive("filters"))
            .kernel(kernel[0], kernel[1])
            .stride(strides[0], strides[1])
            .dilation(dilation[0], dilation[1])
            .multiplier(config.integer("depth_multiplier", 1))
            .padding(KerasValues.padding(config))
            .bias(config.flag("use_bias", true));
    conv = with(conv, KerasValues.activation(config, "activation"), SeparableConv2D::activation);
    conv =
        with(
            conv,
            initializer(config, "depthwise_initializer"),
            SeparableConv2D::depthwiseInitializer);
    conv =
        with(
            conv,
            initializer(config, "pointwise_initializer"),
            SeparableConv2D::pointwiseInitializer);
    conv = with(conv, initializer(config, "bias_initializer"), SeparableConv2D::biasInitializer);
    conv =
        with(
            conv,
            regularizer(config, "depthwise_regularizer"),
            SeparableConv2D::depthwiseRegularizer);
    conv =
        with(
            conv,
            regularizer(config, "pointwise_regularizer"),
            SeparableConv2D::pointwiseRegularizer);
    conv = with(conv, regularizer(config, "bias_regularizer"), SeparableConv2D::biasRegularizer);
    conv =
        with(
            conv,
            regularizer(config, "activity_regularizer"),
            SeparableConv2D::activityRegularizer);
    KerasValues.leftOut(config, "depthwise_constraint", "pointwise_constraint", "bias_constraint");
    return LayerPlan.Reading.of(conv);
  }

  private static LayerPlan.Reading max(Config config) {
    KerasValues.requireChannelsLast(config);
    int[] size = config.pair("pool_size", 2);
    MaxPooling2D pool = MaxPooling2D.window(size[0], size[1]).padding(KerasValues.padding(config));
    if (config.has("strides")) {
      int[] strides = config.pair("strides", 1);
      pool = pool.stride(strides[0], strides[1]);
    }
    return LayerPlan.Reading.of(pool);
  }

  private static LayerPlan.Reading average(Config config) {
    KerasValues.requireChannelsLast(config);
    int[] size = config.pair("pool_size", 2);
    AveragePooling2D pool =
        AveragePooling2D.window(size[0], size[1]).padding(KerasValues.padding(config));
    if (config.has("strides")) {
      int[] strides = config.pair("strides", 1);
      pool = pool.stride(strides[0], strides[1]);
    }
    return LayerPlan.Reading.of(pool);
  }

  /**
   * Pooling over all places.
   *
   * @param axes the number of axes of places, which may stay with size 1
   */
  static LayerPlan.Reading global(Config config, Supplier<Layer> pool, int axes) {
    KerasValues.requireChannelsLast(config);
    if (!config.flag("keepdims", false)) {
      return LayerPlan.Reading.of(pool.get());
    }
    return LayerPlan.Reading.of(
        (plan, inputs) -> {
          int[] sizes = new int[axes + 1];
          Arrays.fill(sizes, 1);
          sizes[axes] = Math.toIntExact(inputs.get(0).shape().size(-1));
          SymbolicTensor pooled = plan.layer("_pool", pool).apply(inputs.get(0));
          return plan.layer(() -> Reshape.of(sizes)).apply(pooled);
        });
  }

  private static LayerPlan.Reading upSampling(Config config) {
    KerasValues.requireChannelsLast(config);
    config.expect(
        "interpolation", "nearest", "Tandem's UpSampling2D repeats pixels; use \"nearest\"");
    int[] size = config.pair("size", 2);
    return LayerPlan.Reading.of(UpSampling2D.size(size[0], size[1]));
  }

  private static LayerPlan.Reading padding(Config config) {
    KerasValues.requireChannelsLast(config);
    int[] border = config.borders("padding");
    return LayerPlan.Reading.of(ZeroPadding2D.of(border[0], border[1], border[2], border[3]));
  }

  private static LayerPlan.Reading cropping(Config config) {
    KerasValues.requireChannelsLast(config);
    int[] border = config.borders("cropping");
    return LayerPlan.Reading.of(Cropping2D.of(border[0], border[1], border[2], border[3]));
  }
}
