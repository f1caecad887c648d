package dev.tandem.gan.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.activation.Activations;
import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.BatchNormalization;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Flatten;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.MinibatchStandardDeviation;
import dev.tandem.core.layer.Reshape;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.optimizer.Sgd;
import dev.tandem.core.train.Examples;
import dev.tandem.gan.latent.Latent;
import dev.tandem.gan.net.ClassInputs;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.objective.loss.AdversarialLosses;
import dev.tandem.gan.objective.penalty.Penalties;
import dev.tandem.gan.pair.AdversarialPair;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** One call of the discriminator on both batches, against a call on each. */
class JudgedTogetherTest {

  private static INDArray real() {
    INDArray real = Nd4j.zeros(DataType.FLOAT, 6, 3);
    CounterRandom.of(1).normal(real);
    return real;
  }

  private static AdversarialPair conditional() {
    Input z = Input.of("z", 2);
    Input told = ClassInputs.label("told");
    SymbolicTensor hidden = ClassInputs.concatenate(z, told, 2);
    Model generator = Model.of("g", List.of(z, told), List.of(Dense.units(3).apply(hidden)));
    Input x = Input.of("x", 3);
    Input label = ClassInputs.label("label");
    SymbolicTensor features = Dense.units(8).activation(Activations.leakyRelu(0.2)).apply(x);
    Model discriminator =
        Model.of(
            "d", List.of(x, label), List.of(ClassInputs.projection(features, label, 2, "class")));
    generator.initialize(3);
    discriminator.initialize(4);
    return AdversarialPair.conditional(generator, discriminator, Latent.normal(2), 2);
  }

  private static INDArray after(Objective objective, double[] losses) {
    AdversarialPair pair = conditional();
    try (Steps steps =
        Steps.compile(pair, objective, Optimizers.both(Sgd.rate(0.1)), new PlanEngine(), 4)) {
      Examples examples =
          Examples.of(Map.of("real", real(), "label", Nd4j.createFromArray(0, 1, 1, 0, 1, 0)));
      for (int i = 0; i < losses.length; i++) {
        losses[i] = steps.discriminator().trainOnBatch(examples).loss();
      }
      return pair.discriminator().weights().get(0).values();
    }
  }

  @Test
  void bothBatches_judgedTogether_makeTheSameSteps() {
    for (Objective objective :
        List.of(
            Objective.of(AdversarialLosses.nonSaturating()),
            Objective.of(AdversarialLosses.relativistic()).penalty(Penalties.r1(1)))) {
      double[] apart = new double[5];
      double[] together = new double[5];
      INDArray weights = after(objective, apart);
      INDArray others = after(objective.judgingTogether(), together);

      assertThat(together).containsExactly(apart, within(1e-5));
      assertThat(apart[4]).isNotEqualTo(apart[0]);
      assertThat(others.sub(weights).amaxNumber().doubleValue()).isLessThan(1e-5);
    }
  }

  @Test
  void netThatMixesSamples_isRefused() {
    for (Layer mixing :
        List.of(
            BatchNormalization.of().named("mix"), MinibatchStandardDeviation.of().named("mix"))) {
      Input x = Input.of("x", 4, 4, 2);
      SymbolicTensor score = Dense.units(1).apply(Flatten.of().apply(mixing.apply(x)));
      Model generator =
          Model.sequential("g", Input.of("z", 2), Dense.units(32), Reshape.of(4, 4, 2));
      AdversarialPair pair =
          AdversarialPair.of(generator, Model.of("d", x, score), Latent.normal(2));
      Objective objective = Objective.of(AdversarialLosses.hinge()).judgingTogether();

      assertThatThrownBy(
              () ->
                  Steps.compile(
                      pair, objective, Optimizers.both(Sgd.rate(0.1)), new PlanEngine(), 4))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("Model \"d\" has [mix], by which samples of a batch depend");
    }
  }
}
