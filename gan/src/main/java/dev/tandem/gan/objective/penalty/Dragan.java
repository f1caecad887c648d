package dev.tandem.gan.objective.penalty;

import static dev.tandem.core.layer.Tensors.add;
import static dev.tandem.core.layer.Tensors.multiply;
import static dev.tandem.core.layer.Tensors.randomUniform;

import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Lambda;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.gan.objective.critic.CriticContext;

/** weight · E[(‖∇D(x + α·δ)‖ − 1)²], δ = reach · std(batch) · u, u and α uniform in [0, 1). */
record Dragan(double weight, double reach) implements Penalty {

  Dragan {
    Checks.require("DRAGAN penalty", weight);
    Checks.require("DRAGAN reach", reach);
  }

  @Override
  public SymbolicTensor term(CriticContext critic) {
    SymbolicTensor real = critic.real();
    SymbolicTensor noise = randomUniform(real, real.shape().sample().toArray());
    SymbolicTensor far =
        Lambda.of((ops, in) -> ops.multiply(in.get(1), deviation(ops, in.get(0))))
            .apply(real, noise);
    SymbolicTensor share = randomUniform(real, GradientNorms.once(real));
    SymbolicTensor near = add(real, multiply(share, far));
    return GradientNorms.around(1, weight, critic.scores(near), near);
  }

  /** reach · the standard deviation of all numbers of the batch. */
  private Value deviation(Ops ops, Value x) {
    Value variance = ops.mean(ops.square(ops.subtract(x, ops.mean(x))));
    return ops.scale(ops.sqrt(variance), reach);
  }
}
