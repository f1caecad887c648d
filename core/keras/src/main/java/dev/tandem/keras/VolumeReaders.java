package dev.tandem.keras;

import static dev.tandem.keras.KerasValues.initializer;
import static dev.tandem.keras.KerasValues.regularizer;
import static dev.tandem.keras.KerasValues.with;

import dev.tandem.core.layer.AveragePooling3D;
import dev.tandem.core.layer.Conv3D;
import dev.tandem.core.layer.Conv3DTranspose;
import dev.tandem.core.layer.GlobalAveragePooling3D;
import dev.tandem.core.layer.GlobalMaxPooling3D;
import dev.tandem.core.layer.MaxPooling3D;
import java.util.Arrays;
import java.util.Map;

/** Reads layers of volumes. */
final class VolumeReaders {

  private VolumeReaders() {}

  static void addTo(Map<String, LayerReaders.Entry> all) {
    all.put("Conv3D", new LayerReaders.Entry("Conv3D", VolumeReaders::conv));
    all.put("Conv3DTranspose", new LayerReaders.Entry("Conv3DTranspose", VolumeReaders::transpose));
    all.put("MaxPooling3D", new LayerReaders.Entry("MaxPooling3D", VolumeReaders::max));
    all.put("AveragePooling3D", new LayerReaders.Entry("AveragePooling3D", VolumeReaders::average));
    all.put(
        "GlobalAveragePooling3D",
        new LayerReaders.Entry(
            "GlobalAveragePooling3D",
            config -> ImageReaders.global(config, GlobalAveragePooling3D::of, 3)));
    all.put(
        "GlobalMaxPooling3D",
        new LayerReaders.Entry(
            "GlobalMaxPooling3D",
            config -> ImageReaders.global(config, GlobalMaxPooling3D::of, 3)));
  }

  /** A number for each of three axes. */
  private static int[] three(Config config, String key, int otherwise) {
    int[] given = config.integers(key);
    if (given.length == 3) {
      return given;
    }
    if (given.length > 1) {
      config.refuse(key, "expected one number or three");
    }
    int[] all = new int[3];
    Arrays.fill(all, given.length == 1 ? given[0] : otherwise);
    return all;
  }

  private static LayerPlan.Reading conv(Config config) {
    ImageReaders.requirePlain(config);
    int[] kernel = three(config, "kernel_size", 1);
    int[] stride = three(config, "strides", 1);
    int[] dilation = three(config, "dilation_rate", 1);
    Conv3D conv =
        Conv3D.filters(config.positive("filters"))
            .kernel(kernel[0], kernel[1], kernel[2])
            .stride(stride[0], stride[1], stride[2])
            .dilation(dilation[0], dilation[1], dilation[2])
            .padding(KerasValues.padding(config))
            .bias(config.flag("use_bias", true));
    conv = with(conv, KerasValues.activation(config, "activation"), Conv3D::activation);
    conv = with(conv, initializer(config, "kernel_initializer"), Conv3D::kernelInitializer);
    conv = with(conv, initializer(config, "bias_initializer"), Conv3D::biasInitializer);
    conv = with(conv, regularizer(config, "kernel_regularizer"), Conv3D::kernelRegularizer);
    conv = with(conv, regularizer(config, "bias_regularizer"), Conv3D::biasRegularizer);
    conv = with(conv, regularizer(config, "activity_regularizer"), Conv3D::activityRegularizer);
    KerasValues.leftOut(config, "kernel_constraint", "bias_constraint");
    return LayerPlan.Reading.of(conv);
  }

  private static LayerPlan.Reading transpose(Config config) {
    ImageReaders.requirePlain(config);
    for (int dilation : three(config, "dilation_rate", 1)) {
      if (dilation != 1) {
        config.refuse("dilation_rate", "Tandem's Conv3DTranspose has no dilation");
      }
    }
    if (config.has("output_padding")) {
      config.refuse("output_padding", "Tandem's Conv3DTranspose has none");
    }
    int[] kernel = three(config, "kernel_size", 1);
    int[] stride = three(config, "strides", 1);
    Conv3DTranspose conv =
        Conv3DTranspose.filters(config.positive("filters"))
            .kernel(kernel[0], kernel[1], kernel[2])
            .stride(stride[0], stride[1], stride[2])
            .padding(KerasValues.padding(config))
            .bias(config.flag("use_bias", true));
    conv = with(conv, KerasValues.activation(config, "activation"), Conv3DTranspose::activation);
    conv =
        with(conv, initializer(config, "kernel_initializer"), Conv3DTranspose::kernelInitializer);
    conv = with(conv, initializer(config, "bias_initializer"), Conv3DTranspose::biasInitializer);
    conv =
        with(conv, regularizer(config, "kernel_regularizer"), Conv3DTranspose::kernelRegularizer);
    conv = with(conv, regularizer(config, "bias_regularizer"), Conv3DTranspose::biasRegularizer);
    conv =
        with(
            conv,
            regularizer(config, "activity_regularizer"),
            Conv3DTranspose::activityRegularizer);
    KerasValues.leftOut(config, "kernel_constraint", "bias_constraint");
    return LayerPlan.Reading.of(conv);
  }

  private static LayerPlan.Reading max(Config config) {
    KerasValues.requireChannelsLast(config);
    int[] size = three(config, "pool_size", 2);
    MaxPooling3D pool =
        MaxPooling3D.window(size[0], size[1], size[2]).padding(KerasValues.padding(config));
    if (config.has("strides")) {
      int[] stride = three(config, "strides", 1);
      pool = pool.stride(stride[0], stride[1], stride[2]);
    }
    return LayerPlan.Reading.of(pool);
  }

  private static LayerPlan.Reading average(Config config) {
    KerasValues.requireChannelsLast(config);
    int[] size = three(config, "pool_size", 2);
    AveragePooling3D pool =
        AveragePooling3D.window(size[0], size[1], size[2]).padding(KerasValues.padding(config));
    if (config.has("strides")) {
      int[] stride = three(config, "strides", 1);
      pool = pool.stride(stride[0], stride[1], stride[2]);
    }
    return LayerPlan.Reading.of(pool);
  }
}
