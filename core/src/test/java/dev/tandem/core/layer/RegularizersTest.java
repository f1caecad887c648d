package dev.tandem.core.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.engine.BothEngines;
import dev.tandem.core.graph.Input;
import dev.tandem.core.initializer.Initializers;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Program;
import dev.tandem.core.regularizer.Regularizer;
import dev.tandem.core.regularizer.Regularizers;
import dev.tandem.core.tensor.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

class RegularizersTest {

  private static double penalty(Regularizer regularizer, double... values) {
    Ops ops = new Ops();
    var value = regularizer.penalty(ops, ops.constant(Numbers.column(values)));
    try (Program program = new BothEngines().prepare(ops.build(Map.of("penalty", value)))) {
      program.run(0, 0);
      return program.scalar("penalty");
    }
  }

  @Test
  void penalties_areSums() {
    assertThat(penalty(Regularizers.l1(0.1), 1, -2)).isCloseTo(0.3, within(1e-12));
    assertThat(penalty(Regularizers.l2(0.1), 3)).isCloseTo(0.9, within(1e-12));
    assertThat(penalty(Regularizers.l1l2(0.1, 0.01), 1, -2)).isCloseTo(0.35, within(1e-12));
    assertThat(penalty(Regularizers.l1l2(0, 0), 1, -2)).isZero();
  }

  @Test
  void kernelPenalties_standOnTheWeights() {
    Regularizer l1 = Regularizers.l1(1);
    Regularizer l2 = Regularizers.l2(1);
    Dense layer = Dense.units(2).kernelRegularizer(l1).biasRegularizer(l2);
    layer.apply(Input.of("x", 3));

    assertThat(layer.weight("kernel").regularizer()).isEqualTo(l1);
    assertThat(layer.weight("bias").regularizer()).isEqualTo(l2);
  }

  @Test
  void activityPenalty_isDividedByTheBatchAndOncePerCall() {
    Dense layer =
        Dense.units(1)
            .bias(false)
            .kernelInitializer(Initializers.ones())
            .activityRegularizer(Regularizers.l2(1));
    Input a = Input.of("a", Shape.of(1), DataType.DOUBLE);
    Input b = Input.of("b", Shape.of(1), DataType.DOUBLE);
    Model model = Model.of("m", List.of(a, b), List.of(layer.apply(a), layer.apply(b)));

    ModelRun run = ModelRun.of(model, true).on(List.of(Numbers.column(1, 2), Numbers.column(3, 5)));

    assertThat(run.losses()).isCloseTo((1 + 4) / 2.0 + (9 + 25) / 2.0, within(1e-12));
  }

  @Test
  void factors_belowZero_areRefused() {
    assertThatThrownBy(() -> Regularizers.l1(-1)).hasMessage("L1 factor is not at least 0: -1.0");
    assertThatThrownBy(() -> Regularizers.l2(Double.NaN))
        .hasMessage("L2 factor is not at least 0: NaN");
  }
}
