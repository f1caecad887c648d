package dev.tandem.dl4j;

import dev.tandem.core.layer.BatchNormalization;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Batch normalization. The variance may be stored as the logarithm, to the base 10, of the standard
 * deviation.
 */
record NormPart(
    int features,
    double epsilon,
    double decay,
    boolean locked,
    double gamma,
    double beta,
    boolean logStd)
    implements Part {

  static NormPart of(Section conf) {
    return new NormPart(
        conf.size("nout"),
        conf.number("eps", 1e-5),
        conf.number("decay", .9),
        conf.flag("lockGammaBeta", false),
        conf.number("gamma", 1),
        conf.number("beta", 0),
        conf.flag("useLogStd", false));
  }

  @Override
  public List<Param> params() {
    List<Param> params = new ArrayList<>();
    if (!locked) {
      params.add(Param.row("gamma", features));
      params.add(Param.row("beta", features));
    }
    params.add(Param.row("mean", features));
    params.add(Param.row(logStd ? "log10stdev" : "var", features));
    return params;
  }

  @Override
  public String becomes() {
    return "BatchNormalization";
  }

  @Override
  public Flow build(Site site, List<Flow> inputs) {
    Flow x =
        site.rows(
            site.require(inputs.get(0), Form.ROW, Form.IMAGE, Form.FLAT_IMAGE, Form.SEQUENCE));
    if (x.tensor().spec().shape().size(-1) != features) {
      throw site.reject(
          "normalizes " + features + " features, and gets " + x.tensor().spec().shape());
    }
    boolean plain = locked && gamma == 1 && beta == 0;
    BatchNormalization layer =
        site.main(
            BatchNormalization.of().epsilon(epsilon).momentum(decay).scale(!plain).center(!plain));
    Flow y = x.with(layer.apply(x.tensor()));
    if (locked && !plain) {
      site.note("gamma and beta, which DL4J holds by lockGammaBeta, may move here");
      site.fill(layer, "gamma", Nd4j.valueArrayOf(new long[] {features}, gamma));
      site.fill(layer, "beta", Nd4j.valueArrayOf(new long[] {features}, beta));
    } else if (!locked) {
      site.fill(layer, "gamma", site.array("gamma"));
      site.fill(layer, "beta", site.array("beta"));
    }
    site.fill(layer, "moving_mean", site.array("mean"));
    site.fill(layer, "moving_variance", variance(site));
    return y;
  }

  private INDArray variance(Site site) {
    if (!logStd) {
      return site.array("var");
    }
    site.note("its variance was stored as log10 of the standard deviation");
    INDArray stored = site.array("log10stdev");
    INDArray exponent =
        stored.castTo(org.nd4j.linalg.api.buffer.DataType.DOUBLE).mul(2 * Math.log(10));
    return Transforms.exp(exponent).castTo(stored.dataType());
  }
}
