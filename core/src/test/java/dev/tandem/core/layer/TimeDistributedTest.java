package dev.tandem.core.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.graph.Input;
import dev.tandem.core.model.Model;
import dev.tandem.core.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class TimeDistributedTest {

  private final Dense inner = Dense.units(2).named("inner");
  private final TimeDistributed layer = TimeDistributed.of(inner);

  @Test
  void output_isTheInnerLayersAtEachStep() {
    Input steps = Input.of("steps", Shape.of(2, 3), DataType.DOUBLE);
    Input one = Input.of("one", Shape.of(3), DataType.DOUBLE);
    Model sequence = Model.of("sequence", steps, layer.apply(steps));
    Model single = Model.of("single", one, inner.apply(one));
    INDArray x = Numbers.counting(2, 2, 3);

    INDArray all = ModelRun.of(sequence, false).on(List.of(x)).output();
    INDArray rows = ModelRun.of(single, false).on(List.of(x.reshape(4, 3))).output();

    assertThat(all).isEqualTo(rows.reshape(2, 2, 2));
  }

  @Test
  void weights_areTheInnerLayers() {
    Input steps = Input.of("steps", Shape.of(2, 3));
    Model model = Model.of("model", steps, layer.apply(steps));

    assertThat(layer.weights()).isEqualTo(inner.weights());
    assertThat(model.weights()).extracting(Weight::owner).containsOnly(inner);
    assertThat(model.trainableWeights()).isEqualTo(inner.weights());
  }

  @Test
  void flag_isTheInnerLayers() {
    layer.setTrainable(false);
    assertThat(inner.isTrainable()).isFalse();

    inner.setTrainable(true);
    assertThat(layer.isTrainable()).isTrue();
  }

  @Test
  void training_withBatchNormInside_movesItsStatistics() {
    TimeDistributed norm = TimeDistributed.of(BatchNormalization.of().momentum(0.5));
    Input steps = Input.of("steps", Shape.of(2, 1), DataType.DOUBLE);
    Model model = Model.of("model", steps, norm.apply(steps));

    ModelRun.of(model, true).on(List.of(Numbers.counting(2, 2, 1)));

    assertThat(norm.weight("moving_mean").values().getDouble(0)).isEqualTo(1.25);
  }

  @Test
  void settings_describeTheInnerLayer() {
    LayerSpec spec = LayerSpec.of(layer.named("outer"));

    TimeDistributed made = (TimeDistributed) spec.make();

    assertThat(made.name()).isEqualTo("outer");
    assertThat(made.wrapped()).isInstanceOf(Dense.class).isNotSameAs(inner);
    assertThat(made.wrapped().name()).isEqualTo("inner");
    assertThat(LayerSpec.of(made)).isEqualTo(spec);
  }
}
