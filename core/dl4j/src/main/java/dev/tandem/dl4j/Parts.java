package dev.tandem.dl4j;

import org.jspecify.annotations.Nullable;

/** The part for each class of layer or vertex. */
final class Parts {

  private Parts() {}

  /** What a step becomes; null with a problem if there is nothing here. */
  static @Nullable Part of(Step step, boolean channelsLast) {
    Section conf = step.conf();
    return switch (conf.type()) {
      case "DenseLayer", "OutputLayer", "RnnOutputLayer", "CenterLossOutputLayer", "AutoEncoder" ->
          DensePart.of(conf);
      case "ConvolutionLayer",
          "Convolution2D",
          "Deconvolution2D",
          "DepthwiseConvolution2D",
          "SeparableConvolution2D" ->
          ConvPart.of(conf);
      case "BatchNormalization" -> NormPart.of(conf);
      case "EmbeddingLayer", "EmbeddingSequenceLayer" -> EmbeddingPart.of(conf);
      case "LSTM" -> LstmPart.of(conf, false);
      case "LastTimeStep" -> lastStep(conf);
      case "SubsamplingLayer" -> PoolPart.of(conf);
      case "GlobalPoolingLayer" -> GlobalPoolPart.of(conf);
      case "ZeroPaddingLayer" -> BorderPart.padding(conf);
      case "Cropping2D" -> BorderPart.cropping(conf);
      case "Upsampling2D" -> BorderPart.upsampling(conf);
      case "ActivationLayer", "LossLayer", "CnnLossLayer", "RnnLossLayer", "DropoutLayer" ->
          PointwisePart.of(conf);
      case "PReLULayer" -> PReluPart.of(conf);
      case "MergeVertex" -> VertexPart.merge(conf, channelsLast);
      case "ElementWiseVertex" -> VertexPart.elementWise(conf);
      case "ScaleVertex" -> VertexPart.scale(conf);
      case "ShiftVertex" -> VertexPart.shift(conf);
      case "SubsetVertex" -> VertexPart.subset(conf);
      case "L2Vertex" -> VertexPart.distance(conf);
      case "ReshapeVertex" -> VertexPart.reshape(conf);
      case "LastTimeStepVertex" -> VertexPart.lastStep(conf);
      case "PreprocessorVertex" -> PreProcessorPart.of(conf.section("preProcessor"));
      case "GravesLSTM", "GravesBidirectionalLSTM" -> {
        conf.problem("has peepholes, which LSTM does not; train it as LSTM");
        yield null;
      }
      default -> {
        conf.problem("there is nothing like it here");
        yield null;
      }
    };
  }

  private static @Nullable Part lastStep(Section conf) {
    Section inner = conf.section("underlying");
    if (!inner.type().equals("LSTM")) {
      conf.problem("takes the last step of " + inner.type() + "; there is that of LSTM");
      return null;
    }
    return LstmPart.of(inner, true);
  }
}
