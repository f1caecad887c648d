package dev.tandem.core.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.engine.BothEngines;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Program;
import dev.tandem.core.op.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ClippingTest {

  private static List<double[]> clip(Clipping clipping, double[]... gradients) {
    List<INDArray> arrays = new ArrayList<>();
    for (double[] gradient : gradients) {
      arrays.add(Nd4j.createFromArray(gradient));
    }
    return run(clipping, arrays).stream().map(array -> array.data().asDouble()).toList();
  }

  private static List<INDArray> run(Clipping clipping, List<INDArray> gradients) {
    Ops ops = new Ops();
    List<Value> clipped = clipping.apply(ops, gradients.stream().map(ops::constant).toList());
    Map<String, Value> named = new HashMap<>();
    clipped.forEach(value -> named.put("out" + named.size(), value));
    try (Program program = new BothEngines().prepare(ops.build(named))) {
      program.run(0, 0);
      List<INDArray> results = new ArrayList<>();
      for (int i = 0; i < clipped.size(); i++) {
        results.add(program.output("out" + i).dup());
      }
      return results;
    }
  }

  @Test
  void byValue_holdsEachElement() {
    assertThat(clip(Clippings.byValue(.5), new double[] {-2, .3, .7}, new double[] {.5}))
        .containsExactly(new double[] {-.5, .3, .5}, new double[] {.5});
  }

  @Test
  void byNorm_shrinksEachGradientByItself() {
    // norms 5 and 1
    List<double[]> clipped = clip(Clippings.byNorm(2), new double[] {3, 4}, new double[] {.6, -.8});

    assertThat(clipped.get(0)).containsExactly(new double[] {1.2, 1.6}, within(1e-12));
    assertThat(clipped.get(1)).containsExactly(new double[] {.6, -.8}, within(1e-12));
  }

  @Test
  void byGlobalNorm_shrinksAllByOneFactor() {
    // √(3² + 4² + 12²) = 13
    List<double[]> clipped =
        clip(Clippings.byGlobalNorm(6.5), new double[] {3, 4}, new double[] {12});

    assertThat(clipped.get(0)).containsExactly(new double[] {1.5, 2}, within(1e-12));
    assertThat(clipped.get(1)).containsExactly(new double[] {6}, within(1e-12));
  }

  @Test
  void byGlobalNorm_overSeveralTypes_keepsThem() {
    List<INDArray> gradients =
        List.of(Nd4j.createFromArray(3f, 4f), Nd4j.createFromArray(new double[] {12}));
    List<INDArray> clipped = run(Clippings.byGlobalNorm(6.5), gradients);

    assertThat(clipped.get(0).data().asFloat()).containsExactly(1.5f, 2f);
    assertThat(clipped.get(1).data().asDouble()).containsExactly(6);
    assertThat(clipped.get(1).dataType()).isEqualTo(DataType.DOUBLE);
  }

  @Test
  void byGlobalNorm_withinTheLimit_changesNothing() {
    assertThat(clip(Clippings.byGlobalNorm(13), new double[] {3, 4}, new double[] {12}))
        .containsExactly(new double[] {3, 4}, new double[] {12});
    assertThat(Clippings.byGlobalNorm(1).apply(new Ops(), List.of())).isEmpty();
  }

  @Test
  void norms_ofZeroGradients_areZero() {
    assertThat(clip(Clippings.byNorm(1), new double[] {0, 0})).containsExactly(new double[2]);
    assertThat(clip(Clippings.byGlobalNorm(1), new double[] {0}, new double[] {0}))
        .containsExactly(new double[1], new double[1]);
  }

  @Test
  void norms_ofInfiniteOrOverflowingGradients_areNotANumber() {
    for (Clipping clipping : List.of(Clippings.byNorm(1), Clippings.byGlobalNorm(1))) {
      assertThat(clip(clipping, new double[] {Double.POSITIVE_INFINITY, 1}).get(0))
          .containsOnly(Double.NaN);
      INDArray overflowing = Nd4j.createFromArray(1e25f, 1);
      assertThat(run(clipping, List.of(overflowing)).get(0).data().asFloat())
          .containsOnly(Float.NaN);
    }
  }

  @Test
  void limits_outOfRange_areRefused() {
    assertThatThrownBy(() -> Clippings.byValue(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("clipping value is not above 0: 0.0");
    assertThatThrownBy(() -> Clippings.byNorm(Double.NaN))
        .hasMessage("clipping norm is not above 0: NaN");
    assertThatThrownBy(() -> Clippings.byGlobalNorm(-1))
        .hasMessage("clipping norm is not above 0: -1.0");
  }
}
