package dev.tandem.gan.objective.penalty;

import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Lambda;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.gan.objective.critic.CriticContext;
import java.util.Objects;

/** weight · ‖E[f(x)] − E[f(G(z))]‖², f a layer of the discriminator. */
record FeatureMatching(double weight, String layer) implements GeneratorTerm {

  FeatureMatching {
    Checks.require("feature matching", weight);
    Objects.requireNonNull(layer, "layer");
  }

  @Override
  public SymbolicTensor term(CriticContext critic) {
    return Lambda.of((ops, in) -> distance(ops, in.get(0), in.get(1)))
        .apply(critic.features(layer, critic.real()), critic.features(layer, critic.fake()));
  }

  private Value distance(Ops ops, Value real, Value fake) {
    Value apart = ops.subtract(ops.mean(real, false, 0), ops.mean(fake, false, 0));
    return ops.scale(ops.sum(ops.square(apart)), weight);
  }
}
