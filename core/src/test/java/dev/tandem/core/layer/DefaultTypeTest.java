package dev.tandem.core.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.engine.DefaultTypes;
import dev.tandem.core.model.Model;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Layers compute the same, whatever ND4J's default type is. */
class DefaultTypeTest {

  @ParameterizedTest
  @MethodSource("dev.tandem.core.layer.LayerSamples#all")
  void layer_underFloat64AsTheDefault_isThatUnderFloat32(LayerSample sample) {
    assertThat(DefaultTypes.under(DataType.DOUBLE, () -> run(sample)))
        .isEqualTo(DefaultTypes.under(DataType.FLOAT, () -> run(sample)));
  }

  /** First weights, outputs and state of float32 layers. */
  private static List<INDArray> run(LayerSample sample) {
    Layer layer = sample.ofType(DataType.FLOAT).layer().named("layer");
    Model model = sample.ofType(DataType.FLOAT).model("model", layer);
    model.initialize(3);
    List<INDArray> inputs =
        sample.values(6, 2).stream()
            .map(a -> a.dataType().isFPType() ? a.castTo(DataType.FLOAT) : a)
            .toList();
    List<INDArray> all = new ArrayList<>();
    layer.weights().forEach(weight -> all.add(weight.values().dup()));
    all.addAll(ModelRun.of(model, true).on(inputs).outputs());
    layer.weights().forEach(weight -> all.add(weight.values().dup()));
    return all;
  }
}
