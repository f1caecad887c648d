package dev.tandem.gan.net;

import static dev.tandem.core.layer.Padding.SAME;

import dev.tandem.core.activation.Activation;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.initializer.Initializer;
import dev.tandem.core.layer.ActivationLayer;
import dev.tandem.core.layer.Conv2D;
import dev.tandem.core.layer.Conv2DTranspose;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Layer;
import java.util.function.UnaryOperator;

/**
 * The layers of one net, each named after the net and its part of it.
 *
 * @param net the net's name
 * @param first the first values of kernels
 * @param wrap what stands around a layer with a kernel
 */
record NamedLayers(String net, Initializer first, UnaryOperator<Layer> wrap) {

  /** Layers with nothing around them. */
  static NamedLayers plain(String net, Initializer first) {
    return new NamedLayers(net, first, Wraps::none);
  }

  /** Layers with spectral normalization around them, named after the layer. */
  static NamedLayers spectral(String net, Initializer first) {
    return new NamedLayers(net, first, Wraps::spectral);
  }

  /** The name of a part. */
  String name(String part) {
    return net + "_" + part;
  }

  /** A convolution that keeps rows and columns, at stride 1. */
  Conv2D conv(String part, int filters, int kernel) {
    return Conv2D.filters(filters)
        .kernel(kernel)
        .padding(SAME)
        .kernelInitializer(first)
        .named(name(part));
  }

  /** A transposed convolution to twice the rows and columns. */
  Conv2DTranspose up(String part, int filters, int kernel) {
    return Conv2DTranspose.filters(filters)
        .kernel(kernel)
        .stride(2)
        .padding(SAME)
        .kernelInitializer(first)
        .named(name(part));
  }

  /** A dense layer. */
  Dense dense(String part, int units) {
    return Dense.units(units).kernelInitializer(first).named(name(part));
  }

  /** A call of a layer with what stands around it. */
  SymbolicTensor apply(Layer layer, SymbolicTensor x) {
    return wrap.apply(layer).apply(x);
  }

  /** A call of a layer, the norm of its output, and an activation. */
  SymbolicTensor apply(Layer layer, Norm norm, Activation activation, SymbolicTensor x) {
    return active(norm.apply(layer.name() + "_norm", apply(layer, x)), activation);
  }

  /** An activation by itself. */
  static SymbolicTensor active(SymbolicTensor x, Activation activation) {
    return ActivationLayer.of(activation).apply(x);
  }
}
