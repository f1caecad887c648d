package dev.tandem.dl4j;

import dev.tandem.core.activation.Activation;
import dev.tandem.core.activation.Activations;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.ActivationLayer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Layers that are an activation and nothing else: activation layers and losses. */
record PointwisePart(String type, @Nullable Activation activation) implements Part {

  static PointwisePart of(Section conf) {
    boolean dropout = conf.type().equals("DropoutLayer"); // has one, and does not apply it
    return new PointwisePart(
        conf.type(), dropout ? null : ActivationReader.read(conf, "activationFn"));
  }

  @Override
  public String becomes() {
    return activation == null ? "-" : "ActivationLayer";
  }

  @Override
  public Flow build(Site site, List<Flow> inputs) {
    Flow x = inputs.get(0);
    if (activation == null) {
      return x;
    }
    if (activation instanceof Activations.Softmax) {
      x = site.rows(x);
      boolean alongChannels = List.of("CnnLossLayer", "RnnLossLayer").contains(type);
      if (x.form() != Form.ROW && !alongChannels) {
        throw site.reject("takes the softmax of " + x.form() + "; there is that of rows");
      }
    }
    SymbolicTensor y = site.main(ActivationLayer.of(activation)).apply(x.tensor());
    return new Flow(y, x.form(), ActivationReader.isAtLeastZero(activation));
  }
}
