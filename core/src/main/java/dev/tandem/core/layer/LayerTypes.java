package dev.tandem.core.layer;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The kinds of layers that can be made from a type name and a {@link LayerSettings}: all standard
 * ones, and those that users register.
 */
public final class LayerTypes {

  private static final Map<String, Function<LayerSettings, ? extends Layer>> MAKERS =
      new ConcurrentHashMap<>();

  static {
    register("ActivationLayer", ActivationLayer::new);
    register("AdaptiveInstanceNormalization", AdaptiveInstanceNormalization::new);
    register("Add", Add::new);
    register("Average", Average::new);
    register("AveragePooling1D", AveragePooling1D::new);
    register("AveragePooling2D", AveragePooling2D::new);
    register("BatchNormalization", BatchNormalization::new);
    register("Bidirectional", Bidirectional::new);
    register("ClassConcatenation", ClassConcatenation::new);
    register("Concatenate", Concatenate::new);
    register("ConditionalBatchNormalization", ConditionalBatchNormalization::new);
    register("Conv1D", Conv1D::new);
    register("Conv1DTranspose", Conv1DTranspose::new);
    register("Conv2D", Conv2D::new);
    register("Conv2DTranspose", Conv2DTranspose::new);
    register("Cropping1D", Cropping1D::new);
    register("Cropping2D", Cropping2D::new);
    register("Dense", Dense::new);
    register("DepthwiseConv2D", DepthwiseConv2D::new);
    register("Dot", Dot::new);
    register("Dropout", Dropout::new);
    register("Embedding", Embedding::new);
    register("Flatten", Flatten::new);
    register("GRU", GRU::new);
    register("GaussianNoise", GaussianNoise::new);
    register("GlobalAveragePooling1D", GlobalAveragePooling1D::new);
    register("GlobalAveragePooling2D", GlobalAveragePooling2D::new);
    register("GlobalMaxPooling1D", GlobalMaxPooling1D::new);
    register("GlobalMaxPooling2D", GlobalMaxPooling2D::new);
    register("GroupNormalization", GroupNormalization::new);
    register("InstanceNormalization", InstanceNormalization::new);
    register("LSTM", LSTM::new);
    register("LayerNormalization", LayerNormalization::new);
    register("Masking", Masking::new);
    register("MaxPooling1D", MaxPooling1D::new);
    register("MaxPooling2D", MaxPooling2D::new);
    register("Maximum", Maximum::new);
    register("MinibatchStandardDeviation", MinibatchStandardDeviation::new);
    register("ModulatedConv2D", ModulatedConv2D::new);
    register("MultiHeadAttention", MultiHeadAttention::new);
    register("Multiply", Multiply::new);
    register("Normalization", Normalization::new);
    register("PRelu", PRelu::new);
    register("Permute", Permute::new);
    register("PixelShuffle", PixelShuffle::new);
    register("PositionEmbedding", PositionEmbedding::new);
    register("RMSNormalization", RMSNormalization::new);
    register("RepeatVector", RepeatVector::new);
    register("Rescaling", Rescaling::new);
    register("Reshape", Reshape::new);
    register("SelfAttention", SelfAttention::new);
    register("SeparableConv1D", SeparableConv1D::new);
    register("SeparableConv2D", SeparableConv2D::new);
    register("SimpleRNN", SimpleRNN::new);
    register("SinePositionEncoding", SinePositionEncoding::new);
    register("SpatialDropout1D", SpatialDropout1D::new);
    register("SpatialDropout2D", SpatialDropout2D::new);
    register("SpectralNormalization", SpectralNormalization::new);
    register("Lora", Lora::new);
    register("Subtract", Subtract::new);
    register("TimeDistributed", TimeDistributed::new);
    register("Unmasking", Unmasking::new);
    register("UpSampling1D", UpSampling1D::new);
    register("UpSampling2D", UpSampling2D::new);
    register("ZeroPadding1D", ZeroPadding1D::new);
    register("ZeroPadding2D", ZeroPadding2D::new);
    for (TensorFunction.Kind kind : TensorFunction.Kind.values()) {
      register(kind.typeName(), settings -> new TensorFunction(kind, settings));
    }
  }

  /** The names of the standard kinds. */
  static final ImmutableSet<String> STANDARD = ImmutableSet.copyOf(MAKERS.keySet());

  private LayerTypes() {}

  /**
   * Adds a kind of layer.
   *
   * @param typeName what {@link Layer#typeName} says
   * @param maker makes one from its settings, usually its constructor
   * @throws IllegalStateException if the name is taken
   */
  public static void register(String typeName, Function<LayerSettings, ? extends Layer> maker) {
    if (MAKERS.putIfAbsent(typeName, maker) != null) {
      throw new IllegalStateException("layer type \"" + typeName + "\" is registered already");
    }
  }

  /** The names of all kinds, sorted. */
  public static Set<String> names() {
    return ImmutableSortedSet.copyOf(MAKERS.keySet());
  }

  /**
   * A new layer of these settings.
   *
   * @throws IllegalArgumentException if there is no such kind; names those there are
   */
  public static Layer make(String typeName, LayerSettings settings) {
    Function<LayerSettings, ? extends Layer> maker = MAKERS.get(typeName);
    if (maker == null) {
      throw new IllegalArgumentException(
          "there is no layer type \""
              + typeName
              + "\"; there are "
              + names()
              + ", and LayerTypes.register adds others");
    }
    return maker.apply(settings);
  }

  /** A layer of the same kind, name, settings and flag that was not called yet. */
  public static Layer copy(Layer layer) {
    return new LayerCopies().of(layer);
  }
}
