package dev.tandem.core.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.tandem.core.autodiff.GradientCheck;
import dev.tandem.core.tensor.Shape;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every loss. */
class LossContractTest {

  static List<LossSample> samples() {
    return LossSample.all();
  }

  static Stream<LossSample> inPlaces() {
    return LossSample.inPlaces();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void perSample_onARowOfNumbers_isKerasValue(LossSample sample) {
    double[] losses = LossRun.perSample(sample.loss(), sample.prediction(), sample.target());

    assertThat(losses).containsExactly(sample.expected(), within(1e-8));
  }

  @ParameterizedTest
  @MethodSource("inPlaces")
  void perSample_onPlacesOfRows_averagesThem(LossSample sample) {
    double[] losses = LossRun.perSample(sample.loss(), sample.prediction(), sample.target());

    assertThat(losses).containsExactly(sample.expected(), within(1e-8));
  }

  /** The logarithm of oneDNN is up to 3e-6 away. */
  @ParameterizedTest
  @MethodSource("samples")
  void perSample_inFloat32_isNear(LossSample sample) {
    double[] losses =
        LossRun.perSample(sample.loss(), LossRun.single(sample.prediction()), sample.target());

    assertThat(losses).containsExactly(sample.expected(), within(4e-6));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void gradients_areExactToTheSecondOrder(LossSample sample) {
    GradientCheck.of(
            (ops, values) ->
                sample.loss().perSample(ops, values.get(0), ops.constant(sample.target())),
            List.of(sample.prediction()))
        .secondOrder();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void target_ofAnUnknownBatch_isWhatIsAccepted(LossSample sample) {
    var prediction = LossRun.spec(sample.prediction());
    var open = prediction.withShape(prediction.shape().sample().batched());

    assertThat(sample.loss().needsTarget()).isTrue();
    assertThat(sample.loss().target(open).shape().withBatch(2))
        .isEqualTo(Shape.of(sample.target().shape()));
    assertThat(sample.loss().accept(sample.target(), open)).isSameAs(sample.target());
  }

  @Test
  void samples_holdEveryLossWithATarget() {
    Set<Class<?>> sampled =
        samples().stream().map(sample -> sample.loss().getClass()).collect(Collectors.toSet());
    sampled.addAll(
        List.of(
            OutputLoss.class,
            TripletLoss.class,
            BatchTripletLoss.class, // its samples are no samples of their own
            InfoNce.class,
            NtXent.class));

    assertThat(sampled).isEqualTo(Set.copyOf(LossTypes.all().values()));
  }

  @Test
  void types_holdEveryLossOfThePackage() {
    Set<Class<?>> found =
        new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.tandem.core.loss")
                .stream()
                .filter(type -> type.isAssignableTo(Loss.class) && type.isRecord())
                .map(JavaClass::reflect)
                .collect(Collectors.toSet());

    assertThat(found).isEqualTo(Set.copyOf(LossTypes.all().values()));
  }
}
