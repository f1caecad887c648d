package dev.tandem.core.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.Lists;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every optimizer. */
class OptimizerContractTest {

  static List<OptimizerSample> samples() {
    return OptimizerSample.all();
  }

  static Stream<OptimizerSample> samplesInKeras() {
    return samples().stream().filter(sample -> sample.expected().length > 0);
  }

  static Stream<Arguments> samplesAndSchedules() {
    List<Schedule> schedules =
        List.of(
            Schedules.constant(.1),
            Schedules.piecewise(List.of(5L, 20L), List.of(.2, .1, .05)),
            Schedules.exponentialDecay(.2, 20, .5),
            Schedules.linearDecay(.2, 40, .01),
            Schedules.cosineDecay(.2, 40),
            Schedules.cosineRestarts(.2, 10),
            Schedules.warmUp(5, Schedules.constant(.1)));
    return Lists.cartesianProduct(List.<Object>copyOf(samples()), List.<Object>copyOf(schedules))
        .stream()
        .map(pair -> Arguments.of(pair.toArray()));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void update_forSomeSteps_followsThePlainFormula(OptimizerSample sample) {
    double[] expected = OptimizerSample.START.clone();
    double[][] remembered = new double[expected.length][3];
    try (Moves moves = new Moves(sample.atOneTenth(), expected)) {
      for (int step = 0; step < OptimizerSample.GRADIENTS.length; step++) {
        double[] gradient = OptimizerSample.GRADIENTS[step];
        for (int i = 0; i < expected.length; i++) {
          expected[i] =
              sample.reference().move(expected[i], gradient[i], remembered[i], step + 1, .1);
        }

        assertThat(moves.by(gradient).weight()).containsExactly(expected, within(1e-12));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("samplesInKeras")
  void update_forSomeSteps_endsWhereKerasDoes(OptimizerSample sample) {
    try (Moves moves = new Moves(sample.atOneTenth(), OptimizerSample.START)) {
      for (double[] gradient : OptimizerSample.GRADIENTS) {
        moves.by(gradient);
      }

      assertThat(moves.weight()).containsExactly(sample.expected(), within(1e-9));
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void update_byZeroGradients_staysFinite(OptimizerSample sample) {
    try (Moves moves = new Moves(sample.atOneTenth(), 1)) {
      double moved = moves.by(0).by(0).weight()[0];

      assertThat(moved).isCloseTo(1, within(.05));
      assertThat(moves.by(1).weight()[0]).isLessThan(moved);
    }
  }

  @ParameterizedTest
  @MethodSource("samplesAndSchedules")
  void update_onAQuadratic_decreasesIt(OptimizerSample sample, Schedule schedule) {
    double[] center = {3, -1};
    double[] curvature = {.5, 2};
    double before = quadratic(new double[] {0, 0}, center, curvature);
    try (Moves moves = new Moves(sample.optimizer().apply(schedule), 0, 0)) {
      for (int step = 0; step < 40; step++) {
        double[] w = moves.weight();
        moves.by(curvature[0] * (w[0] - center[0]), curvature[1] * (w[1] - center[1]));
      }

      assertThat(quadratic(moves.weight(), center, curvature)).isLessThan(before);
    }
  }

  private static double quadratic(double[] w, double[] center, double[] curvature) {
    double sum = 0;
    for (int i = 0; i < w.length; i++) {
      sum += curvature[i] * (w[i] - center[i]) * (w[i] - center[i]) / 2;
    }
    return sum;
  }

  @ParameterizedTest
  @MethodSource("samples")
  void scalars_farOut_areFinite(OptimizerSample sample) {
    Optimizer optimizer = sample.atOneTenth();
    double[] numbers = new double[optimizer.scalarNames().size()];
    for (long step : new long[] {1, 1000, 10_000_000, Integer.MAX_VALUE + 1L}) {
      optimizer.scalars(step, step, .1, numbers);

      assertThat(numbers).doesNotContain(Double.NaN, Double.POSITIVE_INFINITY);
    }
  }

  @Test
  void samples_holdEveryOptimizer() {
    Set<Class<?>> sampled =
        samples().stream()
            .map(sample -> sample.atOneTenth().getClass())
            .collect(Collectors.toSet());

    assertThat(sampled).isEqualTo(recipes(Optimizer.class));
  }

  @Test
  void types_holdEveryRecipe() {
    assertThat(Set.copyOf(OptimizerTypes.all().values()))
        .containsAll(recipes(Optimizer.class))
        .containsAll(recipes(Schedule.class))
        .containsAll(recipes(Clipping.class))
        .hasSize(20);
  }

  @Test
  void types_haveComponentsThatFilesCanHold() {
    Set<Class<?>> plain = Set.of(double.class, long.class, boolean.class, List.class);

    assertThat(
            OptimizerTypes.all().values().stream()
                .flatMap(t -> Arrays.stream(t.getRecordComponents())))
        .allMatch(
            component ->
                plain.contains(component.getType())
                    || component.getType() == Schedule.class
                    || OptimizerTypes.all().containsValue(component.getType()));
  }

  @SuppressWarnings("unchecked")
  private static Set<Class<? extends Record>> recipes(Class<?> kind) {
    return new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.tandem.core.optimizer")
            .stream()
            .filter(type -> type.isAssignableTo(kind) && type.isRecord())
            .map(JavaClass::reflect)
            .map(type -> (Class<? extends Record>) type)
            .collect(Collectors.toSet());
  }
}
