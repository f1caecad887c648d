package dev.tandem.gan.latent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.Sets;
import dev.tandem.core.graph.Input;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.train.Predictor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Latents with signs, sampled in a step and outside. */
class LatentTest {

  private static final int COUNT = 4_000;

  private final Latent latent = Latent.normalAndSigns(2, 3);

  @Test
  void normalAndSigns_sampled_hasNormalNumbersAndThenSigns() {
    assertThat(latent.shape()).isEqualTo(Shape.of(5));
    assertNormalsAndSigns(latent.sample(CounterRandom.of(1), COUNT, DataType.FLOAT));
    assertThat(latent.sample(CounterRandom.of(1), 9, DataType.FLOAT))
        .isEqualTo(latent.sample(CounterRandom.of(1), 9, DataType.FLOAT))
        .isNotEqualTo(latent.sample(CounterRandom.of(2), 9, DataType.FLOAT));
  }

  @Test
  void normalAndSigns_sampledInAStep_hasNormalNumbersAndThenSigns() {
    Input like = Input.of("like", 1);
    Model model = Model.of("model", like, latent.sample(like));
    try (Predictor predictor = Predictor.of(model)) {
      Map<String, INDArray> inputs = Map.of("like", Nd4j.zeros(DataType.FLOAT, COUNT, 1));
      assertNormalsAndSigns(predictor.predict(inputs).values().iterator().next());
    }
  }

  private static void assertNormalsAndSigns(INDArray numbers) {
    assertThat(numbers.shape()).containsExactly(COUNT, 5);
    float[][] rows = numbers.toFloatMatrix();
    Set<Float> normals = new HashSet<>();
    Set<List<Float>> parts = new HashSet<>();
    double[] sums = new double[5];
    double squares = 0;
    for (float[] row : rows) {
      List<Float> signs = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        sums[i] += row[i];
      }
      for (int i = 2; i < 5; i++) {
        signs.add(row[i]);
      }
      normals.add(row[0]);
      squares += row[0] * row[0];
      parts.add(signs);
    }
    assertThat(normals).hasSizeGreaterThan(COUNT - 20);
    assertThat(squares / COUNT).isCloseTo(1, within(0.1));
    assertThat(parts)
        .isEqualTo(Sets.cartesianProduct(Set.of(-1f, 1f), Set.of(-1f, 1f), Set.of(-1f, 1f)));
    for (double sum : sums) {
      assertThat(sum / COUNT).isCloseTo(0, within(0.08)); // five standard errors
    }
  }

  @Test
  void normalAndSigns_withoutOneOfBoth_isRefused() {
    assertThatThrownBy(() -> Latent.normalAndSigns(2, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a latent of normal numbers and signs needs at least one of each, got 2 and 0;"
                + " Latent.normal has no signs");
    assertThatThrownBy(() -> Latent.normalAndSigns(0, 3))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
