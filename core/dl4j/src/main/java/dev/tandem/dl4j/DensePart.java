package dev.tandem.dl4j;

import dev.tandem.core.activation.Activation;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.TimeDistributed;
import dev.tandem.core.regularizer.Regularizer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Dense layers, and the dense part of output layers. Behind a flattened image the rows of the
 * kernel are put in the order of channels last.
 */
record DensePart(
    String type,
    int in,
    int out,
    boolean bias,
    @Nullable Activation activation,
    @Nullable Regularizer onKernel,
    @Nullable Regularizer onBias)
    implements Part {

  static DensePart of(Section conf) {
    if (conf.flag("hasLayerNorm", false)) {
      conf.problem("normalizes its layer inside (hasLayerNorm), which Dense does not");
    }
    return new DensePart(
        conf.type(),
        conf.size("nin"),
        conf.size("nout"),
        conf.flag("hasBias", true),
        ActivationReader.read(conf, "activationFn"),
        PenaltyReader.read(conf, "regularization"),
        PenaltyReader.read(conf, "regularizationBias"));
  }

  @Override
  public List<Param> params() {
    List<Param> params = new ArrayList<>(List.of(new Param("W", 'f', in, out)));
    if (bias) {
      params.add(Param.row("b", out));
    }
    if (type.equals("AutoEncoder")) {
      params.add(Param.row("vb", in)); // of the way back, which the net does not go
    }
    if (type.equals("CenterLossOutputLayer")) {
      params.add(new Param("cL", 'c', out, in)); // of the loss alone
    }
    return params;
  }

  @Override
  public String becomes() {
    return type.equals("RnnOutputLayer") ? "TimeDistributed Dense" : "Dense";
  }

  @Override
  public Flow build(Site site, List<Flow> inputs) {
    Flow x = site.require(inputs.get(0), Form.ROW, Form.FLAT_IMAGE, Form.SEQUENCE);
    Dense dense = Dense.units(out).bias(bias);
    if (activation != null) {
      dense = dense.activation(activation);
    }
    if (onKernel != null) {
      dense = dense.kernelRegularizer(onKernel);
    }
    if (onBias != null) {
      dense = dense.biasRegularizer(onBias);
    }
    boolean atLeastZero = ActivationReader.isAtLeastZero(activation);
    if (x.form() == Form.SEQUENCE) {
      TimeDistributed each = site.main(TimeDistributed.of(dense));
      Flow y = x.with(each.apply(x.tensor()));
      fill(site, dense, site.array("W"));
      return y;
    }
    INDArray kernel = site.array("W");
    dense = site.main(dense);
    if (x.form() == Form.FLAT_IMAGE && !Site.isInOrder(x)) {
      long height = x.size(1);
      long width = x.size(2);
      long channels = x.size(3);
      requireSize(site, height * width * channels);
      kernel =
          kernel
              .reshape('c', channels, height, width, out)
              .permute(1, 2, 0, 3)
              .dup('c')
              .reshape('c', in, out);
      site.note("the rows of its kernel go from channels first to channels last");
    }
    dev.tandem.core.graph.SymbolicTensor row = x.tensor();
    if (x.form() == Form.FLAT_IMAGE) {
      row = site.helper("flatten", dev.tandem.core.layer.Flatten.of()).apply(row);
    }
    requireSize(site, row.spec().shape().size(-1));
    Flow y = new Flow(dense.apply(row), Form.ROW, atLeastZero);
    fill(site, dense, kernel);
    return y;
  }

  private void requireSize(Site site, long size) {
    if (size != in) {
      throw site.reject("takes " + in + " features, and gets " + size);
    }
  }

  private void fill(Site site, Dense dense, INDArray kernel) {
    site.fill(dense, "kernel", kernel);
    if (bias) {
      site.fill(dense, "bias", site.array("b"));
    }
  }
}
