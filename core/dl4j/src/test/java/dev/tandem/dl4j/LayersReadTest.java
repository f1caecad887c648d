package dev.tandem.dl4j;

import static dev.tandem.dl4j.Sameness.assertSame;
import static dev.tandem.dl4j.Sameness.net;
import static dev.tandem.dl4j.Sameness.random;
import static org.deeplearning4j.nn.conf.inputs.InputType.convolutional;
import static org.deeplearning4j.nn.conf.inputs.InputType.convolutionalFlat;
import static org.deeplearning4j.nn.conf.inputs.InputType.feedForward;
import static org.deeplearning4j.nn.conf.inputs.InputType.recurrent;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.AutoEncoder;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.CenterLossOutputLayer;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Each layer, saved by DL4J and read here, gives what DL4J's own gives. */
class LayersReadTest {

  private static Arguments of(String what, long[] x, InputType input, Layer... layers) {
    return Arguments.of(what, x, input, layers);
  }

  private static final InputType IMAGE = convolutional(7, 6, 3);

  private static long[] shape(long... sizes) {
    return sizes;
  }

  private static ConvolutionLayer.Builder conv(int rows, int columns) {
    return new ConvolutionLayer.Builder(rows, columns).nOut(4).activation(Activation.TANH);
  }

  private static Deconvolution2D.Builder deconv(int rows, int columns) {
    return new Deconvolution2D.Builder(rows, columns).nOut(4).activation(Activation.TANH);
  }

  static Stream<Arguments> layers() {
    long[] x = shape(3, 3, 7, 6);
    return Stream.of(
        of("conv", x, IMAGE, conv(3, 2).stride(2, 1).padding(1, 0).build()),
        of(
            "conv same",
            x,
            IMAGE,
            conv(3, 2).stride(2, 2).convolutionMode(ConvolutionMode.Same).build()),
        of("conv dilated", x, IMAGE, conv(3, 2).dilation(2, 1).hasBias(false).build()),
        of("deconv", x, IMAGE, deconv(4, 3).stride(2, 2).build()),
        of("deconv padded", x, IMAGE, deconv(4, 4).stride(2, 2).padding(1, 1).build()),
        of(
            "deconv same 4",
            x,
            IMAGE,
            deconv(4, 4).stride(2, 2).convolutionMode(ConvolutionMode.Same).build()),
        of(
            "deconv same 3",
            x,
            IMAGE,
            deconv(3, 5).stride(2, 2).convolutionMode(ConvolutionMode.Same).build()),
        of("deconv small", x, IMAGE, deconv(1, 2).stride(2, 3).build()),
        of(
            "depthwise",
            x,
            IMAGE,
            new DepthwiseConvolution2D.Builder(3, 2)
                .depthMultiplier(2)
                .stride(2, 1)
                .activation(Activation.SIGMOID)
                .build()),
        of(
            "separable",
            x,
            IMAGE,
            new SeparableConvolution2D.Builder(3, 2)
                .depthMultiplier(2)
                .nOut(5)
                .activation(Activation.ELU)
                .build()),
        of(
            "max",
            x,
            IMAGE,
            new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                .kernelSize(3, 2)
                .stride(2, 1)
                .build()),
        of(
            "max same",
            x,
            IMAGE,
            new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                .kernelSize(3, 2)
                .stride(2, 2)
                .convolutionMode(ConvolutionMode.Same)
                .build()),
        of(
            "max padded",
            x,
            IMAGE,
            new ActivationLayer.Builder().activation(Activation.RELU).build(),
            new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                .kernelSize(3, 3)
                .stride(2, 2)
                .padding(1, 1)
                .build()),
        of(
            "mean",
            x,
            IMAGE,
            new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.AVG)
                .kernelSize(3, 2)
                .stride(2, 2)
                .build()),
        of(
            "mean same",
            x,
            IMAGE,
            new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.AVG)
                .kernelSize(3, 2)
                .stride(2, 2)
                .convolutionMode(ConvolutionMode.Same)
                .build()),
        of(
            "mean counted",
            x,
            IMAGE,
            new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.AVG)
                .kernelSize(3, 3)
                .stride(2, 2)
                .padding(1, 1)
                .avgPoolIncludePadInDivisor(true)
                .build()),
        of("global max", x, IMAGE, new GlobalPoolingLayer.Builder(PoolingType.MAX).build()),
        of("global mean", x, IMAGE, new GlobalPoolingLayer.Builder(PoolingType.AVG).build()),
        of("global sum", x, IMAGE, new GlobalPoolingLayer.Builder(PoolingType.SUM).build()),
        of(
            "border",
            x,
            IMAGE,
            new ZeroPaddingLayer.Builder(1, 2, 0, 3).build(),
            new Cropping2D.Builder(1, 0, 2, 1).build(),
            new Upsampling2D.Builder(2).size(new int[] {2, 3}).build()),
        of(
            "batch norm",
            x,
            IMAGE,
            new BatchNormalization.Builder().useLogStd(false).eps(1e-3).build()),
        of(
            "batch norm log10stdev",
            x,
            IMAGE,
            new BatchNormalization.Builder().useLogStd(true).build()),
        of(
            "batch norm locked",
            x,
            IMAGE,
            new BatchNormalization.Builder(true).gamma(.5).beta(2).build()),
        of(
            "prelu",
            x,
            IMAGE,
            new PReLULayer.Builder().inputShape(3, 7, 6).sharedAxes(2, 3).build()),
        of("prelu whole", x, IMAGE, new PReLULayer.Builder().inputShape(3, 7, 6).build()),
        of(
            "flatten",
            x,
            IMAGE,
            conv(2, 2).build(),
            new BatchNormalization(),
            new DenseLayer.Builder().nOut(5).build()),
        of(
            "flatten at once",
            x,
            IMAGE,
            new DenseLayer.Builder().nOut(5).activation(Activation.SOFTPLUS).build(),
            new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(4)
                .activation(Activation.SOFTMAX)
                .build()),
        of(
            "cnn loss",
            x,
            IMAGE,
            conv(2, 2).activation(Activation.IDENTITY).build(),
            new CnnLossLayer.Builder(LossFunction.MCXENT).activation(Activation.SOFTMAX).build()),
        of("flat images", shape(3, 7 * 6 * 3), convolutionalFlat(7, 6, 3), conv(3, 3).build()),
        of(
            "rows",
            shape(3, 8),
            feedForward(8),
            new DenseLayer.Builder()
                .nOut(6)
                .activation(new ActivationLReLU(.2))
                .dropOut(.5)
                .l2(1e-3)
                .build(),
            new BatchNormalization(),
            new ActivationLayer.Builder().activation(Activation.SWISH).build(),
            new DropoutLayer.Builder(.3).build(),
            new DenseLayer.Builder().nOut(4).hasBias(false).activation(Activation.SOFTPLUS).build(),
            new LossLayer.Builder(LossFunction.XENT).activation(Activation.SIGMOID).build()),
        of(
            "autoencoder",
            shape(3, 8),
            feedForward(8),
            new AutoEncoder.Builder().nOut(6).activation(Activation.SELU).build(),
            new CenterLossOutputLayer.Builder(LossFunction.MCXENT)
                .nOut(4)
                .activation(Activation.SOFTMAX)
                .build()),
        of(
            "rnn",
            shape(3, 4, 5),
            recurrent(4, 5),
            new LSTM.Builder().nOut(6).activation(Activation.TANH).build(),
            new DenseLayer.Builder().nOut(5).activation(Activation.RELU).build(),
            new RnnOutputLayer.Builder(LossFunction.MCXENT)
                .nOut(3)
                .activation(Activation.SOFTMAX)
                .build()),
        of(
            "rnn last",
            shape(3, 4, 5),
            recurrent(4, 5),
            new LSTM.Builder()
                .nOut(6)
                .activation(Activation.SOFTSIGN)
                .activation(Activation.TANH)
                .gateActivationFunction(Activation.SIGMOID)
                .build(),
            new LastTimeStep(new LSTM.Builder().nOut(3).activation(Activation.TANH).build()),
            new OutputLayer.Builder(LossFunction.MSE)
                .nOut(2)
                .activation(Activation.IDENTITY)
                .build()),
        of(
            "rnn pool",
            shape(3, 4, 5),
            recurrent(4, 5),
            new LSTM.Builder().nOut(6).activation(Activation.TANH).build(),
            new GlobalPoolingLayer.Builder(PoolingType.MAX).build()),
        of(
            "rnn loss",
            shape(3, 4, 5),
            recurrent(4, 5),
            new LSTM.Builder().nOut(6).activation(Activation.TANH).build(),
            new RnnLossLayer.Builder(LossFunction.MCXENT).activation(Activation.SOFTMAX).build()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("layers")
  void layer_readFromZip_givesWhatDl4jGives(
      String what, long[] x, InputType input, Layer[] layers, @TempDir Path folder) {
    assertSame(net(input, layers), random(x), folder);
  }
}
