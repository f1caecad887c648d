package dev.tandem.bench.dl4j;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;

/**
 * Layers one behind the other. A configuration belongs to one graph: draw a chain for each graph
 * anew.
 */
final class Chain {

  /**
   * A layer and what shapes its input.
   *
   * @param before null where the input fits
   */
  record Link(Layer layer, InputPreProcessor before) {}

  private final List<Link> links = new ArrayList<>();
  private InputPreProcessor before;

  List<Link> links() {
    return links;
  }

  private Chain then(Layer layer) {
    links.add(new Link(layer, before));
    before = null;
    return this;
  }

  Chain dense(int in, int out, IActivation activation) {
    return then(new DenseLayer.Builder().nIn(in).nOut(out).activation(activation).build());
  }

  Chain dense(int in, int out) {
    return dense(in, out, new ActivationIdentity());
  }

  Chain conv(int in, int out, int kernel, int stride, IActivation activation) {
    return then(
        new ConvolutionLayer.Builder(kernel, kernel)
            .stride(stride, stride)
            .nIn(in)
            .nOut(out)
            .convolutionMode(ConvolutionMode.Same)
            .activation(activation)
            .build());
  }

  /** A transposed convolution to twice the height and width. */
  Chain up(int in, int out, IActivation activation) {
    return then(
        new Deconvolution2D.Builder(4, 4)
            .stride(2, 2)
            .nIn(in)
            .nOut(out)
            .convolutionMode(ConvolutionMode.Same)
            .activation(activation)
            .build());
  }

  Chain up(int in, int out) {
    return up(in, out, new ActivationIdentity());
  }

  Chain norm(int channels) {
    return then(
        new BatchNormalization.Builder().nIn(channels).nOut(channels).eps(1e-5).decay(0.9).build());
  }

  Chain activation(IActivation activation) {
    return then(new ActivationLayer(activation));
  }

  /** Rows as images, for the next layer. */
  Chain image(int channels, int size) {
    before = new FeedForwardToCnnPreProcessor(size, size, channels);
    return this;
  }

  /** Images as rows, for the next layer. */
  Chain flat(int channels, int size) {
    before = new CnnToFeedForwardPreProcessor(size, size, channels);
    return this;
  }
}
