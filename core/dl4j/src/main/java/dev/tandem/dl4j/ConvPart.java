package dev.tandem.dl4j;

import dev.tandem.core.activation.Activation;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Conv2D;
import dev.tandem.core.layer.Conv2DTranspose;
import dev.tandem.core.layer.Cropping2D;
import dev.tandem.core.layer.DepthwiseConv2D;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.Padding;
import dev.tandem.core.regularizer.Regularizer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Convolutions: plain, transposed, depthwise, and separable as depthwise and pointwise. Kernels are
 * laid out alike in DL4J whether images have their channels first or last.
 */
record ConvPart(
    String type,
    int in,
    int out,
    int multiplier,
    Walk walk,
    boolean bias,
    @Nullable Activation activation,
    @Nullable Regularizer onKernel,
    @Nullable Regularizer onBias)
    implements Part {

  static ConvPart of(Section conf) {
    Walk walk = Walk.of(conf);
    if (conf.type().equals("Deconvolution2D") && !walk.dilation().equals(List.of(1, 1))) {
      conf.problem("has the dilation " + walk.dilation() + ", which DL4J computes in its own way");
    }
    if (conf.section("activationFn").type().equals("ActivationSoftmax")) {
      conf.problem("takes a softmax of images, along an axis that DL4J does not say");
    }
    boolean depth = conf.type().equals("DepthwiseConvolution2D");
    return new ConvPart(
        conf.type(),
        conf.size("nin"),
        conf.size("nout"),
        depth || conf.type().startsWith("Sep") ? conf.integer("depthMultiplier", 1) : 1,
        walk,
        conf.flag("hasBias", true),
        ActivationReader.read(conf, "activationFn"),
        PenaltyReader.read(conf, "regularization"),
        PenaltyReader.read(conf, "regularizationBias"));
  }

  @Override
  public List<Param> params() {
    long rows = walk.kernel().get(0);
    long columns = walk.kernel().get(1);
    List<Param> params = new ArrayList<>();
    if (bias) {
      params.add(Param.row("b", out));
    }
    switch (type) {
      case "Deconvolution2D" -> params.add(new Param("W", 'c', in, out, rows, columns));
      case "DepthwiseConvolution2D" ->
          params.add(new Param("W", 'c', rows, columns, in, multiplier));
      case "SeparableConvolution2D" -> {
        params.add(new Param("W", 'c', multiplier, in, rows, columns));
        params.add(new Param("pW", 'c', out, (long) in * multiplier, 1, 1));
      }
      default -> params.add(new Param("W", 'c', out, in, rows, columns));
    }
    return params;
  }

  @Override
  public String becomes() {
    return switch (type) {
      case "Deconvolution2D" -> "Conv2DTranspose";
      case "DepthwiseConvolution2D" -> "DepthwiseConv2D";
      case "SeparableConvolution2D" -> "DepthwiseConv2D, Conv2D";
      default -> "Conv2D";
    };
  }

  @Override
  public Flow build(Site site, List<Flow> inputs) {
    Flow x = site.require(inputs.get(0), Form.IMAGE);
    if (x.size(3) != in) {
      throw site.reject("takes " + in + " channels, and gets images " + x.tensor().spec().shape());
    }
    INDArray kernel = site.array("W");
    SymbolicTensor y =
        switch (type) {
          case "Deconvolution2D" -> transposed(site, x.tensor(), kernel);
          case "DepthwiseConvolution2D" -> depthwise(site, x.tensor(), kernel);
          case "SeparableConvolution2D" -> separable(site, x.tensor(), kernel);
          default -> plain(site, x.tensor(), kernel);
        };
    return new Flow(y, Form.IMAGE, ActivationReader.isAtLeastZero(activation));
  }

  private SymbolicTensor plain(Site site, SymbolicTensor x, INDArray kernel) {
    Conv2D conv =
        Conv2D.filters(out)
            .kernel(walk.kernel().get(0), walk.kernel().get(1))
            .stride(walk.stride().get(0), walk.stride().get(1))
            .dilation(walk.dilation().get(0), walk.dilation().get(1))
            .padding(walk.mode())
            .bias(bias);
    conv = activation == null ? conv : conv.activation(activation);
    conv = onKernel == null ? conv : conv.kernelRegularizer(onKernel);
    conv = site.main(onBias == null ? conv : conv.biasRegularizer(onBias));
    SymbolicTensor y = conv.apply(walk.padded(site, x));
    fill(site, conv, kernel.permute(2, 3, 1, 0));
    return y;
  }

  private SymbolicTensor transposed(Site site, SymbolicTensor x, INDArray kernel) {
    Conv2DTranspose conv =
        Conv2DTranspose.filters(out)
            .kernel(walk.kernel().get(0), walk.kernel().get(1))
            .stride(walk.stride().get(0), walk.stride().get(1))
            .padding(walk.mode())
            .bias(bias);
    conv = walk.same() ? conv : conv.outputPadding(0);
    conv = activation == null ? conv : conv.activation(activation);
    conv = onKernel == null ? conv : conv.kernelRegularizer(onKernel);
    conv = site.main(onBias == null ? conv : conv.biasRegularizer(onBias));
    SymbolicTensor y = conv.apply(x);
    fill(site, conv, kernel.permute(2, 3, 1, 0));
    if (!walk.isPadded()) {
      return y;
    }
    Cropping2D crop = Cropping2D.of(walk.padding().get(0), walk.padding().get(1));
    return site.helper("cropping", crop).apply(y);
  }

  private SymbolicTensor depthwise(Site site, SymbolicTensor x, INDArray kernel) {
    DepthwiseConv2D conv = depthwise().bias(bias);
    conv = activation == null ? conv : conv.activation(activation);
    conv = site.main(onBias == null ? conv : conv.biasRegularizer(onBias));
    SymbolicTensor y = conv.apply(walk.padded(site, x));
    fill(site, conv, kernel);
    return y;
  }

  private DepthwiseConv2D depthwise() {
    DepthwiseConv2D conv =
        DepthwiseConv2D.multiplier(multiplier)
            .kernel(walk.kernel().get(0), walk.kernel().get(1))
            .stride(walk.stride().get(0), walk.stride().get(1))
            .dilation(walk.dilation().get(0), walk.dilation().get(1))
            .padding(walk.mode());
    return onKernel == null ? conv : conv.kernelRegularizer(onKernel);
  }

  private SymbolicTensor separable(Site site, SymbolicTensor x, INDArray kernel) {
    DepthwiseConv2D each = site.helper("depthwise", depthwise().bias(false));
    SymbolicTensor y = each.apply(walk.padded(site, x));
    site.fill(each, "kernel", kernel.permute(2, 3, 1, 0));
    Conv2D points = Conv2D.filters(out).kernel(1).padding(Padding.VALID).bias(bias);
    points = activation == null ? points : points.activation(activation);
    points = onKernel == null ? points : points.kernelRegularizer(onKernel);
    points = site.main(onBias == null ? points : points.biasRegularizer(onBias));
    y = points.apply(y);
    fill(site, points, site.array("pW").permute(2, 3, 1, 0));
    return y;
  }

  private void fill(Site site, Layer layer, INDArray kernel) {
    site.fill(layer, "kernel", kernel);
    if (bias) {
      site.fill(layer, "bias", site.array("b"));
    }
  }
}
