package dev.tandem.core.layer;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.activation.Activation;
import dev.tandem.core.activation.Activations;
import dev.tandem.core.initializer.Initializers;
import dev.tandem.core.op.activation.ActivationOps;
import dev.tandem.core.regularizer.Regularizers;
import dev.tandem.core.tensor.Shape;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Every kind of layer, several times: odd sizes, strides, paddings, options. A new layer is a new
 * line here; those of images are in {@link ImageLayerSamples}, those of sequences in {@link
 * SequenceLayerSamples}.
 */
public final class LayerSamples {

  private static final Shape IMAGE = Shape.of(5, 4, 2);
  private static final Shape VECTOR = Shape.of(3);

  private LayerSamples() {}

  /** All of them. */
  public static ImmutableList<LayerSample> all() {
    return ImmutableList.<LayerSample>builder()
        .addAll(dense())
        .addAll(ImageLayerSamples.convolutions())
        .addAll(ImageLayerSamples.transposed())
        .addAll(ImageLayerSamples.pooling())
        .addAll(ImageLayerSamples.borders())
        .addAll(SequenceLayerSamples.convolutions())
        .addAll(SequenceLayerSamples.pooling())
        .addAll(AnyRankSamples.all())
        .addAll(AttentionSamples.all())
        .addAll(RecurrentSamples.all())
        .addAll(shapes())
        .addAll(activations())
        .addAll(norms())
        .addAll(groups())
        .addAll(conditional())
        .addAll(spectral())
        .addAll(random())
        .addAll(sequences())
        .addAll(merges())
        .addAll(TensorSamples.all())
        .addAll(code())
        .build();
  }

  private static ImmutableList<LayerSample> dense() {
    return ImmutableList.of(
        LayerSample.of("dense", () -> Dense.units(2), VECTOR).params(8),
        LayerSample.of("dense of one unit", () -> Dense.units(1).bias(false), VECTOR).params(3),
        LayerSample.of(
                "dense with penalties",
                () ->
                    Dense.units(4)
                        .activation(Activations.tanh())
                        .kernelInitializer(Initializers.heNormal())
                        .biasInitializer(Initializers.constant(0.5))
                        .kernelRegularizer(Regularizers.l2(0.1))
                        .biasRegularizer(Regularizers.l1(0.1))
                        .activityRegularizer(Regularizers.l1l2(0.01, 0.02)),
                VECTOR)
            .params(16));
  }

  private static ImmutableList<LayerSample> shapes() {
    return ImmutableList.of(
        LayerSample.of("flatten", Flatten::of, Shape.of(2, 3, 2)).params(0),
        LayerSample.of("flatten of vectors", Flatten::of, VECTOR),
        LayerSample.of("reshape", () -> Reshape.of(3, 4), Shape.of(2, 6)),
        LayerSample.of("reshape with a rest", () -> Reshape.of(2, -1, 1), Shape.of(2, 3)),
        LayerSample.of("permute", () -> Permute.axes(2, 1), Shape.of(2, 3)),
        LayerSample.of("permute of images", () -> Permute.axes(3, 1, 2), Shape.of(2, 3, 4)));
  }

  private static ImmutableList<LayerSample> activations() {
    return ImmutableList.of(
        activation("relu", Activations.relu()),
        activation("leaky relu", Activations.leakyRelu(0.3)),
        activation("elu", Activations.elu()),
        activation("elu of 0.5", Activations.elu(0.5)),
        activation("capped relu", Activations.cappedRelu(0.7)),
        activation("hard sigmoid", Activations.hardSigmoid(0.4)),
        activation("selu", Activations.selu()),
        activation("gelu", Activations.gelu()),
        activation("approximate gelu", Activations.approximateGelu()),
        activation("swish", Activations.swish()),
        activation("tanh", Activations.tanh()),
        activation("sigmoid", Activations.sigmoid()),
        activation("softplus", Activations.softplus()),
        activation("softmax", Activations.softmax()),
        LayerSample.of("prelu", PRelu::of, Shape.of(2, 3)).params(6),
        LayerSample.of(
                "prelu of channels",
                () -> PRelu.of().sharedAxes(1, 2).alphaInitializer(Initializers.constant(0.25)),
                IMAGE)
            .params(2));
  }

  private static LayerSample activation(String title, Activation activation) {
    return LayerSample.of(title, () -> ActivationLayer.of(activation), Shape.of(2, 3));
  }

  private static ImmutableList<LayerSample> norms() {
    return ImmutableList.of(
        LayerSample.of("batch norm", BatchNormalization::of, VECTOR).params(12),
        LayerSample.of("batch norm of images", () -> BatchNormalization.of().momentum(0.8), IMAGE)
            .params(8),
        LayerSample.of(
                "batch norm without scale",
                () -> BatchNormalization.of().scale(false).epsilon(0.1),
                VECTOR)
            .params(9),
        LayerSample.of(
                "batch norm without both",
                () -> BatchNormalization.of().scale(false).center(false),
                Shape.of(2, 2))
            .params(4),
        LayerSample.of("frozen batch norm", () -> BatchNormalization.of().trainable(false), VECTOR),
        LayerSample.of(
            "frozen batch norm by batch",
            () -> BatchNormalization.of().frozenUsesBatchStatistics(true).trainable(false),
            VECTOR),
        LayerSample.of("layer norm", LayerNormalization::of, VECTOR).params(6),
        LayerSample.of(
                "layer norm without center",
                () -> LayerNormalization.of().center(false).epsilon(0.1),
                Shape.of(2, 4))
            .params(4));
  }

  private static ImmutableList<LayerSample> groups() {
    return ImmutableList.of(
        LayerSample.of("group norm", () -> GroupNormalization.groups(2), Shape.of(3, 2, 4))
            .params(8),
        LayerSample.of(
                "group norm of vectors without scale",
                () -> GroupNormalization.groups(2).scale(false).epsilon(0.1),
                Shape.of(6))
            .params(6),
        LayerSample.of("instance norm", InstanceNormalization::of, IMAGE).params(4),
        LayerSample.of(
                "instance norm of sequences",
                () -> InstanceNormalization.of().center(false),
                Shape.of(4, 2))
            .params(2),
        LayerSample.of("minibatch deviation", MinibatchStandardDeviation::of, IMAGE).params(0),
        LayerSample.of(
            "minibatch deviation of vectors in twos",
            () -> MinibatchStandardDeviation.of().groupSize(2),
            VECTOR),
        LayerSample.of("pixel shuffle", () -> PixelShuffle.factor(2), Shape.of(2, 3, 8)).params(0),
        LayerSample.of("pixel shuffle by one", () -> PixelShuffle.factor(1), IMAGE),
        LayerSample.of("self-attention", SelfAttention::of, Shape.of(2, 3, 4)).params(17),
        LayerSample.of(
                "self-attention of half the channels",
                () -> SelfAttention.of().reduction(2),
                Shape.of(2, 2, 4))
            .params(33));
  }

  private static ImmutableList<LayerSample> conditional() {
    Shape label = Shape.scalar();
    return ImmutableList.of(
        LayerSample.of(
                "conditional batch norm",
                () -> ConditionalBatchNormalization.classes(3),
                VECTOR,
                label)
            .labels(3)
            .params(24),
        LayerSample.of(
                "conditional batch norm of images",
                () -> ConditionalBatchNormalization.classes(2).momentum(0.8).epsilon(0.1),
                Shape.of(2, 3, 2),
                label)
            .labels(2)
            .params(12),
        LayerSample.of(
                "frozen conditional batch norm",
                () -> ConditionalBatchNormalization.classes(2).trainable(false),
                VECTOR,
                label)
            .labels(2),
        LayerSample.of(
                "frozen conditional batch norm by batch",
                () ->
                    ConditionalBatchNormalization.classes(2)
                        .frozenUsesBatchStatistics(true)
                        .trainable(false),
                VECTOR,
                label)
            .labels(2),
        LayerSample.of("adaptive instance norm", AdaptiveInstanceNormalization::of, IMAGE, VECTOR)
            .params(16),
        LayerSample.of(
                "adaptive instance norm of sequences",
                () -> AdaptiveInstanceNormalization.of().epsilon(0.1),
                Shape.of(4, 3),
                Shape.of(2))
            .params(18),
        LayerSample.of(
                "modulated conv", () -> ModulatedConv2D.filters(3), Shape.of(3, 4, 2), VECTOR)
            .params(54 + 3 + 6 + 2),
        LayerSample.of(
                "modulated conv without demodulation",
                () ->
                    ModulatedConv2D.filters(2)
                        .kernel(1)
                        .demodulate(false)
                        .kernelInitializer(Initializers.glorotUniform()),
                Shape.of(2, 3, 3),
                VECTOR)
            .params(6 + 2 + 9 + 3));
  }

  private static ImmutableList<LayerSample> spectral() {
    return ImmutableList.of(
        LayerSample.of(
                "spectral norm of dense", () -> SpectralNormalization.of(Dense.units(2)), VECTOR)
            .params(10),
        LayerSample.of(
                "spectral norm of conv",
                () ->
                    SpectralNormalization.of(
                        Conv2D.filters(3).kernel(2).stride(2).activation(Activations.tanh())),
                IMAGE)
            .params(30),
        LayerSample.of(
            "spectral norm of transposed conv in two iterations",
            () ->
                SpectralNormalization.of(Conv2DTranspose.filters(2).kernel(2).bias(false))
                    .iterations(2),
            IMAGE),
        LayerSample.of(
                "spectral norm of an embedding",
                () -> SpectralNormalization.of(Embedding.of(4, 3).dtype(DataType.DOUBLE)),
                Shape.of(2))
            .integers(4)
            .params(15),
        LayerSample.of(
                "spectral norm of self-attention",
                () -> SpectralNormalization.of(SelfAttention.of().reduction(2)),
                Shape.of(2, 2, 4))
            .params(43),
        LayerSample.of(
                "spectral norm of lstm",
                () -> SpectralNormalization.of(LSTM.units(2)),
                Shape.of(3, 2))
            .params(56),
        LayerSample.of("lora of dense", () -> Lora.of(Dense.units(2), 1).alpha(0.5), VECTOR)
            .params(13),
        LayerSample.of("lora of conv", () -> Lora.of(Conv2D.filters(3).kernel(2), 2), IMAGE),
        LayerSample.of(
            "lora of self-attention", () -> Lora.of(SelfAttention.of(), 1), Shape.of(2, 2, 8)),
        LayerSample.of(
            "spectral norm at each step",
            () -> TimeDistributed.of(SpectralNormalization.of(Dense.units(2))),
            Shape.of(2, 3)));
  }

  private static ImmutableList<LayerSample> random() {
    return ImmutableList.of(
        LayerSample.of("dropout", () -> Dropout.rate(0.5), Shape.of(6)).params(0),
        LayerSample.of("dropout of nothing", () -> Dropout.rate(0), VECTOR),
        LayerSample.of("noise", () -> GaussianNoise.deviation(0.3), Shape.of(2, 3)).params(0),
        LayerSample.of("no noise", () -> GaussianNoise.deviation(0), VECTOR));
  }

  private static ImmutableList<LayerSample> sequences() {
    return ImmutableList.of(
        LayerSample.of(
                "embedding, masked",
                () -> Embedding.of(4, 3).dtype(DataType.DOUBLE).maskZero(true),
                Shape.of(3))
            .integers(4)
            .params(12),
        LayerSample.of("masking", () -> Masking.of(), Shape.of(3, 2)).params(0),
        LayerSample.of("masking of a number", () -> Masking.of(-1), Shape.of(3, 2)).params(0),
        LayerSample.of("unmasking", () -> Unmasking.of(), Shape.of(3, 2)).params(0),
        LayerSample.of("embedding", () -> Embedding.of(4, 3).dtype(DataType.DOUBLE), Shape.of(2))
            .integers(4)
            .params(12),
        LayerSample.of(
                "embedding of scalars",
                () -> Embedding.of(3, 2).dtype(DataType.DOUBLE),
                Shape.scalar())
            .integers(3)
            .params(6),
        LayerSample.of("lstm", () -> LSTM.units(2), Shape.of(3, 2)).params(40),
        LayerSample.of(
                "lstm with sequences",
                () -> LSTM.units(1).returnSequences(true).unitForgetBias(false),
                Shape.of(3, 2))
            .params(16),
        LayerSample.of(
            "lstm of one step",
            () ->
                LSTM.units(2)
                    .bias(false)
                    .activation(Activations.softplus())
                    .recurrentActivation(Activations.tanh()),
            Shape.of(1, 3)),
        LayerSample.of(
                "time distributed dense",
                () -> TimeDistributed.of(Dense.units(2).activation(Activations.tanh())),
                Shape.of(3, 2))
            .params(6),
        LayerSample.of(
            "time distributed conv",
            () -> TimeDistributed.of(Conv2D.filters(1).kernel(2)),
            Shape.of(2, 2, 3, 1)),
        LayerSample.of(
            "time distributed batch norm",
            () -> TimeDistributed.of(BatchNormalization.of()),
            Shape.of(2, 3)));
  }

  private static ImmutableList<LayerSample> merges() {
    return ImmutableList.of(
        LayerSample.of("sum", Add::of, VECTOR, VECTOR),
        LayerSample.of("sum of three", Add::of, VECTOR, VECTOR, VECTOR),
        LayerSample.of("sum with a repeated axis", Add::of, Shape.of(2, 1), Shape.of(1, 3)),
        LayerSample.of("difference", Subtract::of, VECTOR, VECTOR),
        LayerSample.of("product", Multiply::of, Shape.of(2, 2), Shape.of(2, 1)),
        LayerSample.of("mean", Average::of, VECTOR, VECTOR, VECTOR),
        LayerSample.of("largest", Maximum::of, VECTOR, VECTOR, VECTOR),
        LayerSample.of("concatenation", Concatenate::of, Shape.of(2, 1), Shape.of(2, 3)),
        LayerSample.of(
            "concatenation of rows",
            () -> Concatenate.axis(1),
            Shape.of(2, 3),
            Shape.of(1, 3),
            Shape.of(2, 3)),
        LayerSample.of("dot", () -> Dot.axes(1), VECTOR, VECTOR),
        LayerSample.of("cosine", () -> Dot.axes(-1).normalize(true), VECTOR, VECTOR),
        LayerSample.of("dot of matrices", () -> Dot.axes(2, 1), Shape.of(2, 3), Shape.of(3, 4)),
        LayerSample.of(
            "dot of transposed matrices",
            () -> Dot.axes(1, 2).normalize(true),
            Shape.of(3, 2),
            Shape.of(4, 3)),
        LayerSample.of("dot of matrix and vector", () -> Dot.axes(2, 1), Shape.of(2, 3), VECTOR),
        LayerSample.of("dot of vector and matrix", () -> Dot.axes(1), VECTOR, Shape.of(3, 2)));
  }

  private static ImmutableList<LayerSample> code() {
    return ImmutableList.of(
        LayerSample.of(
            "lambda",
            () ->
                Lambda.of(
                    (ops, in) -> ops.multiply(in.get(0), ActivationOps.sigmoid(ops, in.get(0)))),
            VECTOR),
        LayerSample.of(
                "samediff",
                () -> SameDiffLayer.of("sd", (sd, in) -> sd.math().tanh(in.get(0)).mul(2)),
                VECTOR)
            .once(),
        LayerSample.of(
                "samediff with weights",
                () ->
                    SameDiffLayer.of("sd", (sd, in) -> in.get(0).mmul(in.get(1)).add(in.get(2)))
                        .weight("w", Shape.of(3, 2), Initializers.glorotUniform())
                        .weight("b", Shape.of(2), Initializers.zeros()),
                VECTOR)
            .params(8)
            .once());
  }
}
