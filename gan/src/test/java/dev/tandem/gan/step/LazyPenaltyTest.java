package dev.tandem.gan.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.initializer.Initializers;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.optimizer.Optimizer;
import dev.tandem.core.optimizer.RmsProp;
import dev.tandem.core.optimizer.Schedules;
import dev.tandem.core.optimizer.Sgd;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.train.Examples;
import dev.tandem.gan.latent.Latent;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.objective.loss.PointwiseLoss;
import dev.tandem.gan.objective.penalty.Penalties;
import dev.tandem.gan.objective.penalty.ScheduledPenalty;
import dev.tandem.gan.pair.AdversarialPair;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Lazy penalties on a quadratic: the discriminator is w · x, its loss (w − 4)² / 2 on real samples
 * of 1, and R1 with gamma 1 is w² / 2. Together they are least at w = 2.
 */
class LazyPenaltyTest {

  private static final int EVERY = 4;
  private static final double RATE = 0.01;

  /** (score − 4)² / 2 on real samples, nothing on fakes. */
  private record Quadratic() implements PointwiseLoss {
    @Override
    public Value onReal(Ops ops, Value scores) {
      return ops.scale(ops.square(ops.shift(scores, -4)), 0.5);
    }

    @Override
    public Value onFake(Ops ops, Value scores) {
      return ops.scale(scores, 0);
    }

    @Override
    public Value forGenerator(Ops ops, Value scores) {
      return scores;
    }
  }

  private static Model scalar(String name, double weight) {
    Input in = Input.of(name + "_in", Shape.of(1), DataType.DOUBLE);
    Dense dense = Dense.units(1).bias(false).kernelInitializer(Initializers.constant(weight));
    SymbolicTensor out = dense.apply(in);
    return Model.of(name, in, out);
  }

  private static AdversarialPair pair() {
    return AdversarialPair.of(scalar("g", 1), scalar("d", 0), Latent.normal(1));
  }

  private static double[] weights(Optimizer optimizer, int every, int steps) {
    AdversarialPair pair = pair();
    Objective objective = Objective.of(new Quadratic()).lazyPenalty(Penalties.r1(1), every);
    Optimizers optimizers = Optimizers.of(Sgd.rate(0), optimizer);
    Examples ones = Examples.of(Nd4j.ones(DataType.DOUBLE, 3, 1));
    INDArray weight = pair.discriminator().weights().get(0).variable().array();
    double[] all = new double[steps];
    try (Steps compiled = Steps.compile(pair, objective, optimizers, new PlanEngine(), 1)) {
      for (int step = 1; step <= steps; step++) {
        compiled.discriminator().trainOnBatch(ones);
        if (every > 1 && step % every == 0) {
          compiled.lazy().get(every).trainOnBatches(List.of(ones));
        }
        all[step - 1] = weight.getDouble(0);
      }
    }
    return all;
  }

  private static double meanOfLast(double[] values, int count) {
    double sum = 0;
    for (int i = values.length - count; i < values.length; i++) {
      sum += values[i];
    }
    return sum / count;
  }

  @Test
  void adam_ofBothSteps_isOneSeriesWithItsCorrection() {
    double share = EVERY / (EVERY + 1.0);
    double rate = RATE * share;
    double beta1 = Math.pow(0.5, share);
    double beta2 = Math.pow(0.9, share);
    double w = 0;
    double m = 0;
    double v = 0;
    int update = 0;
    double[] expected = new double[20];
    for (int step = 1; step <= expected.length; step++) {
      for (int part = 0; part < (step % EVERY == 0 ? 2 : 1); part++) {
        double gradient = part == 0 ? w - 4 : EVERY * w;
        update++;
        m = beta1 * m + (1 - beta1) * gradient;
        v = beta2 * v + (1 - beta2) * gradient * gradient;
        double corrected =
            rate * Math.sqrt(1 - Math.pow(beta2, update)) / (1 - Math.pow(beta1, update));
        w -= corrected * m / (Math.sqrt(v) + 1e-7);
      }
      expected[step - 1] = w;
    }

    assertThat(weights(Adam.rate(RATE).beta1(0.5).beta2(0.9), EVERY, expected.length))
        .containsExactly(expected, within(1e-12));
  }

  @Test
  void adam_lazyOrNot_comesToTheSamePlaceInTheSameTime() {
    Adam adam = Adam.rate(RATE).beta1(0).beta2(0.99);
    double[] eager = weights(adam, 1, 3000);
    double[] lazy = weights(adam, EVERY, 3000);

    assertThat(meanOfLast(eager, 400)).isCloseTo(2, within(0.01));
    assertThat(meanOfLast(lazy, 400)).isCloseTo(2, within(0.1));
    // half the way takes as many steps, give or take an interval's effect
    assertThat(firstAbove(lazy, 1)).isCloseTo(firstAbove(eager, 1), within(40));
  }

  private static int firstAbove(double[] values, double limit) {
    for (int i = 0; i < values.length; i++) {
      if (values[i] > limit) {
        return i;
      }
    }
    return values.length;
  }

  @Test
  void sgd_withoutMomentum_needsNoCorrection() {
    double[] lazy = weights(Sgd.rate(0.001), EVERY, 8000);

    assertThat(meanOfLast(lazy, EVERY)).isCloseTo(2, within(0.01));
  }

  @Test
  void correction_ofAdam_isThatOfThePaper() {
    List<ScheduledPenalty> every16 = List.of(new ScheduledPenalty(Penalties.r1(1), 16));
    Adam adam = Adam.rate(Schedules.linearDecay(0.02, 100, 0)).beta1(0).beta2(0.99);

    Adam corrected = (Adam) LazyOptimizer.of(adam, every16);

    assertThat(corrected.beta1()).isEqualTo(0);
    assertThat(corrected.beta2()).isCloseTo(Math.pow(0.99, 16.0 / 17), within(1e-15));
    assertThat(corrected.rate().at(0)).isCloseTo(0.02 * 16 / 17, within(1e-15));
    // after 17 updates 16 steps were made
    assertThat(corrected.rate().at(17)).isCloseTo(0.02 * 0.84 * 16 / 17, within(1e-12));
    assertThat(LazyOptimizer.of(adam, List.of())).isSameAs(adam);
  }

  @Test
  void correction_ofAnotherOptimizer_isRefused() {
    assertThatThrownBy(() -> weights(RmsProp.rate(RATE), EVERY, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is corrected for that is not known; use Adam");
    assertThatThrownBy(() -> new ScheduledPenalty(Penalties.r1(1), 0))
        .hasMessageContaining("is not at least 1: 0");
    assertThatThrownBy(() -> Penalties.r1(-1))
        .hasMessage("gamma of R1 is not a number of at least 0: -1.0");
  }
}
