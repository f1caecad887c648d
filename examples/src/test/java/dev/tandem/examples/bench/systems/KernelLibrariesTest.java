package dev.tandem.examples.bench.systems;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.train.EngineKind;
import dev.tandem.examples.bench.measure.Task;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Fifty steps with oneDNN's kernels and without them: the same losses but for rounding. */
class KernelLibrariesTest {

  private static final int STEPS = 50;

  /** Rounding that fifty steps of two nets against each other have amplified. */
  private static final double NOISE = 5e-3;

  @AfterEach
  void bringBackAllLibraries() {
    System.clearProperty(PlanEngine.WITHOUT);
  }

  private static double[] losses(Task task) {
    try (TandemWorkload workload = TandemWorkload.of(task, EngineKind.PLAN)) {
      double[] losses = new double[0];
      for (int step = 0; step < STEPS; step++) {
        losses =
            DoubleStream.concat(DoubleStream.of(losses), DoubleStream.of(workload.step(step)))
                .toArray();
      }
      return losses;
    }
  }

  private static void check(Task task) {
    double[] with = losses(task);
    System.setProperty(PlanEngine.WITHOUT, "onednn");
    double[] without = losses(task);

    assertThat(with).containsExactly(without, within(NOISE));
  }

  @ParameterizedTest
  @EnumSource(
      value = Task.class,
      names = {"MLP", "RING"})
  void losses_ofFiftySteps_agreeWithAndWithoutOneDnn(Task task) {
    check(task);
  }

  @Tag("heavy")
  @ParameterizedTest
  @EnumSource(
      value = Task.class,
      names = {"DCGAN28", "DCGAN32", "WGANGP28"})
  void lossesOfImages_ofFiftySteps_agreeWithAndWithoutOneDnn(Task task) {
    check(task);
  }
}
