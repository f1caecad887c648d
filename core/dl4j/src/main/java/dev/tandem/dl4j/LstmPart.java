package dev.tandem.dl4j;

import dev.tandem.core.activation.Activation;
import dev.tandem.core.activation.Activations;
import dev.tandem.core.layer.LSTM;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * LSTM without peepholes. DL4J has its gates in the order cell, forget, output, input, and here it
 * is input, forget, cell, output.
 */
record LstmPart(
    int in,
    int units,
    boolean lastOnly,
    @Nullable Activation activation,
    @Nullable Activation ofGates)
    implements Part {

  /** Where the gates of here are in DL4J's arrays. */
  private static final int[] ORDER = {3, 1, 0, 2};

  static LstmPart of(Section conf, boolean lastOnly) {
    LstmPart part =
        new LstmPart(
            conf.size("nin"),
            conf.size("nout"),
            lastOnly,
            ActivationReader.read(conf, "activationFn"),
            ActivationReader.read(conf, "gateActivationFn"));
    if (conf.section("activationFn").type().equals("ActivationIdentity")
        || conf.section("gateActivationFn").type().equals("ActivationIdentity")) {
      conf.problem("has no activation (identity), and LSTM needs one here");
    }
    return part;
  }

  @Override
  public List<Param> params() {
    long gates = (long) ORDER.length * units;
    return List.of(
        new Param("W", 'f', in, gates), new Param("RW", 'f', units, gates), Param.row("b", gates));
  }

  @Override
  public String becomes() {
    return lastOnly ? "LSTM, its last step" : "LSTM";
  }

  @Override
  public Flow build(Site site, List<Flow> inputs) {
    Flow x = site.require(inputs.get(0), Form.SEQUENCE);
    if (x.size(2) != in) {
      throw site.reject("takes " + in + " features, and gets " + x.tensor().spec().shape());
    }
    LSTM lstm =
        site.main(
            LSTM.units(units)
                .returnSequences(!lastOnly)
                .activation(Objects.requireNonNullElse(activation, Activations.tanh()))
                .recurrentActivation(Objects.requireNonNullElse(ofGates, Activations.sigmoid())));
    Flow y = Flow.of(lstm.apply(x.tensor()), lastOnly ? Form.ROW : Form.SEQUENCE);
    site.fill(lstm, "kernel", ordered(site.array("W")));
    site.fill(lstm, "recurrent_kernel", ordered(site.array("RW")));
    site.fill(lstm, "bias", ordered(site.array("b").reshape(1, -1)).reshape(-1));
    return y;
  }

  private INDArray ordered(INDArray gates) {
    INDArray[] parts =
        IntStream.of(ORDER)
            .mapToObj(
                gate ->
                    gates.get(
                        NDArrayIndex.all(),
                        NDArrayIndex.interval((long) gate * units, (gate + 1L) * units)))
            .toArray(INDArray[]::new);
    return Nd4j.concat(1, parts);
  }
}
