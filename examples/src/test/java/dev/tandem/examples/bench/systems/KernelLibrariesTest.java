package dev.tandem.examples.bench.systems;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.engine.EngineOptions;
import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.op.Precision;
import dev.tandem.examples.bench.measure.Task;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Fifty steps with oneDNN's kernels and without them: the same losses but for rounding. Two nets
 * that learn against each other amplify it, by how much is measured: a third run has all first
 * weights rounded another way, by one unit in the last place of float32.
 */
class KernelLibrariesTest {

  private static final int STEPS = 50;

  /** Kernels round in every step, the third run once. */
  private static final double TIMES_ONE_ROUNDING = 4;

  @AfterEach
  void bringBackAllLibraries() {
    System.clearProperty(EngineOptions.LIBRARIES_WITHOUT);
  }

  private static double[] losses(Task task, boolean rounded) {
    try (TandemWorkload workload = TandemWorkload.of(task, new PlanEngine(), Precision.FLOAT32)) {
      if (rounded) {
        workload.trainers().values().forEach(t -> t.moves().forEach(w -> w.set(rounded(w))));
      }
      double[] losses = new double[0];
      for (int step = 0; step < STEPS; step++) {
        losses =
            DoubleStream.concat(DoubleStream.of(losses), DoubleStream.of(workload.step(step)))
                .toArray();
      }
      return losses;
    }
  }

  /** Every number one further from 0 or nearer to it, in turns. */
  private static INDArray rounded(Weight weight) {
    float[] numbers = weight.values().data().asFloat();
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i % 2 == 0 ? Math.nextUp(numbers[i]) : Math.nextDown(numbers[i]);
    }
    return Nd4j.createFromArray(numbers).reshape('c', weight.shape().toArray());
  }

  private static void check(Task task) {
    double[] with = losses(task, false);
    double[] rounded = losses(task, true);
    System.setProperty(EngineOptions.LIBRARIES_WITHOUT, "onednn");
    double[] without = losses(task, false);

    assertThat(with[0]).isCloseTo(without[0], within(1e-5 * Math.abs(without[0])));
    double noise = furthest(with, rounded);
    double difference = furthest(with, without);
    System.out.printf(
        Locale.ROOT,
        "%s: rounding parts losses by %.1e, oneDNN by %.1e%n",
        task,
        noise,
        difference);
    assertThat(difference).isLessThan(TIMES_ONE_ROUNDING * noise);
  }

  private static double furthest(double[] some, double[] others) {
    return IntStream.range(0, some.length)
        .mapToDouble(i -> Math.abs(some[i] - others[i]))
        .max()
        .orElseThrow();
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
