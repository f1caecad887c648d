package dev.tandem.keras;

import static dev.tandem.keras.KerasValues.initializer;
import static dev.tandem.keras.KerasValues.regularizer;
import static dev.tandem.keras.KerasValues.with;

import dev.tandem.core.layer.AveragePooling1D;
import dev.tandem.core.layer.Conv1D;
import dev.tandem.core.layer.Conv1DTranspose;
import dev.tandem.core.layer.Cropping1D;
import dev.tandem.core.layer.GlobalAveragePooling1D;
import dev.tandem.core.layer.GlobalMaxPooling1D;
import dev.tandem.core.layer.Masking;
import dev.tandem.core.layer.MaxPooling1D;
import dev.tandem.core.layer.Padding;
import dev.tandem.core.layer.RepeatVector;
import dev.tandem.core.layer.SeparableConv1D;
import dev.tandem.core.layer.UpSampling1D;
import dev.tandem.core.layer.ZeroPadding1D;
import java.util.Map;

/** Reads layers of sequences: convolutions, pooling, ends. */
final class SequenceReaders {

  private SequenceReaders() {}

  static void addTo(Map<String, LayerReaders.Entry> all) {
    all.put("Conv1D", new LayerReaders.Entry("Conv1D", SequenceReaders::conv));
    all.put(
        "Conv1DTranspose", new LayerReaders.Entry("Conv1DTranspose", SequenceReaders::transpose));
    all.put(
        "SeparableConv1D", new LayerReaders.Entry("SeparableConv1D", SequenceReaders::separable));
    all.put(
        "Masking",
        new LayerReaders.Entry(
            "Masking", config -> LayerPlan.Reading.of(Masking.of(config.number("mask_value", 0)))));
    all.put("MaxPooling1D", new LayerReaders.Entry("MaxPooling1D", SequenceReaders::max));
    all.put(
        "AveragePooling1D", new LayerReaders.Entry("AveragePooling1D", SequenceReaders::average));
    all.put(
        "GlobalAveragePooling1D",
        new LayerReaders.Entry(
            "GlobalAveragePooling1D",
            config -> ImageReaders.global(config, GlobalAveragePooling1D::of, 1)));
    all.put(
        "GlobalMaxPooling1D",
        new LayerReaders.Entry(
            "GlobalMaxPooling1D",
            config -> ImageReaders.global(config, GlobalMaxPooling1D::of, 1)));
    all.put(
        "UpSampling1D",
        new LayerReaders.Entry(
            "UpSampling1D",
            config -> LayerPlan.Reading.of(UpSampling1D.size(config.integer("size", 2)))));
    all.put(
        "RepeatVector",
        new LayerReaders.Entry(
            "RepeatVector",
            config -> LayerPlan.Reading.of(RepeatVector.times(config.positive("n")))));
    all.put("ZeroPadding1D", new LayerReaders.Entry("ZeroPadding1D", SequenceReaders::padding));
    all.put("Cropping1D", new LayerReaders.Entry("Cropping1D", SequenceReaders::cropping));
  }

  private static Padding anyPadding(Config config) {
    return config.text("padding", "valid").equals("causal")
        ? Padding.CAUSAL
        : KerasValues.padding(config);
  }

  private static LayerPlan.Reading conv(Config config) {
    ImageReaders.requirePlain(config);
    Conv1D conv =
        Conv1D.filters(config.positive("filters"))
            .kernel(config.integer("kernel_size", 1))
            .stride(config.integer("strides", 1))
            .dilation(config.integer("dilation_rate", 1))
            .padding(anyPadding(config))
            .bias(config.flag("use_bias", true));
    conv = with(conv, KerasValues.activation(config, "activation"), Conv1D::activation);
    conv = with(conv, initializer(config, "kernel_initializer"), Conv1D::kernelInitializer);
    conv = with(conv, initializer(config, "bias_initializer"), Conv1D::biasInitializer);
    conv = with(conv, regularizer(config, "kernel_regularizer"), Conv1D::kernelRegularizer);
    conv = with(conv, regularizer(config, "bias_regularizer"), Conv1D::biasRegularizer);
    conv = with(conv, regularizer(config, "activity_regularizer"), Conv1D::activityRegularizer);
    KerasValues.leftOut(config, "kernel_constraint", "bias_constraint");
    return LayerPlan.Reading.of(conv);
  }

  private static LayerPlan.Reading transpose(Config config) {
    ImageReaders.requirePlain(config);
    Conv1DTranspose conv =
        Conv1DTranspose.filters(config.positive("filters"))
            .kernel(config.integer("kernel_size", 1))
            .stride(config.integer("strides", 1))
            .dilation(config.integer("dilation_rate", 1))
            .padding(KerasValues.padding(config))
            .bias(config.flag("use_bias", true));
    if (config.has("output_padding")) {
      conv = conv.outputPadding(config.integer("output_padding", 0));
    }
    conv = with(conv, KerasValues.activation(config, "activation"), Conv1DTranspose::activation);
    conv =
        with(conv, initializer(config, "kernel_initializer"), Conv1DTranspose::kernelInitializer);
    conv = with(conv, initializer(config, "bias_initializer"), Conv1DTranspose::biasInitializer);
    conv =
        with(conv, regularizer(config, "kernel_regularizer"), Conv1DTranspose::kernelRegularizer);
    conv = with(conv, regularizer(config, "bias_regularizer"), Conv1DTranspose::biasRegularizer);
    conv =
        with(
            conv,
            regularizer(config, "activity_regularizer"),
            Conv1DTranspose::activityRegularizer);
    KerasValues.leftOut(config, "kernel_constraint", "bias_constraint");
    return LayerPlan.Reading.of(conv);
  }

  private static LayerPlan.Reading separable(Config config) {
    ImageReaders.requirePlain(config);
    config.ignore("kernel_initializer", "kernel_regularizer", "kernel_constraint");
    SeparableConv1D conv =
        SeparableConv1D.filters(config.positive("filters"))
            .kernel(config.integer("kernel_size", 1))
            .stride(config.integer("strides", 1))
            .dilation(config.integer("dilation_rate", 1))
            .multiplier(config.integer("depth_multiplier", 1))
            .padding(anyPadding(config))
            .bias(config.flag("use_bias", true));
    conv = with(conv, KerasValues.activation(config, "activation"), SeparableConv1D::activation);
    conv =
        with(
            conv,
            initializer(config, "depthwise_initializer"),
            SeparableConv1D::depthwiseInitializer);
    conv =
        with(
            conv,
            initializer(config, "pointwise_initializer"),
            SeparableConv1D::pointwiseInitializer);
    conv = with(conv, initializer(config, "bias_initializer"), SeparableConv1D::biasInitializer);
    conv =
        with(
            conv,
            regularizer(config, "depthwise_regularizer"),
            SeparableConv1D::depthwiseRegularizer);
    conv =
        with(
            conv,
            regularizer(config, "pointwise_regularizer"),
            SeparableConv1D::pointwiseRegularizer);
    conv = with(conv, regularizer(config, "bias_regularizer"), SeparableConv1D::biasRegularizer);
    conv =
        with(
            conv,
            regularizer(config, "activity_regularizer"),
            SeparableConv1D::activityRegularizer);
    KerasValues.leftOut(config, "depthwise_constraint", "pointwise_constraint", "bias_constraint");
    return LayerPlan.Reading.of(conv);
  }

  private static LayerPlan.Reading max(Config config) {
    KerasValues.requireChannelsLast(config);
    int size = config.integer("pool_size", 2);
    return LayerPlan.Reading.of(
        MaxPooling1D.window(size)
            .stride(config.integer("strides", size))
            .padding(KerasValues.padding(config)));
  }

  private static LayerPlan.Reading average(Config config) {
    KerasValues.requireChannelsLast(config);
    int size = config.integer("pool_size", 2);
    return LayerPlan.Reading.of(
        AveragePooling1D.window(size)
            .stride(config.integer("strides", size))
            .padding(KerasValues.padding(config)));
  }

  private static LayerPlan.Reading padding(Config config) {
    KerasValues.requireChannelsLast(config);
    int[] ends = config.pair("padding", 1);
    return LayerPlan.Reading.of(ZeroPadding1D.of(ends[0], ends[1]));
  }

  private static LayerPlan.Reading cropping(Config config) {
    int[] ends = config.pair("cropping", 1);
    return LayerPlan.Reading.of(Cropping1D.of(ends[0], ends[1]));
  }
}
