package dev.tandem.core.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.EveryEngine;
import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Conv2D;
import dev.tandem.core.layer.Conv2DTranspose;
import dev.tandem.core.layer.DepthwiseConv2D;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.MaxPooling2D;
import dev.tandem.core.layer.Padding;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Engine;
import dev.tandem.core.tensor.Shape;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A sample that is no number is its own trouble: it spoils no other one of its batch. */
class NaNSamplesTest {

  static Stream<Arguments> cases() {
    return Stream.of(DataType.FLOAT, DataType.DOUBLE)
        .flatMap(
            dtype ->
                EveryEngine.all()
                    .flatMap(
                        engine ->
                            Stream.of(1, 3, 16)
                                .flatMap(
                                    channels ->
                                        Stream.of(0, 1, 2, 3, 4, 5)
                                            .map(k -> Arguments.of(dtype, engine, channels, k)))));
  }

  private static Layer layer(int kind) {
    return switch (kind) {
      case 0 -> Conv2D.filters(1).kernel(7).padding(Padding.SAME);
      case 1 -> Conv2D.filters(16).kernel(3).stride(2).padding(Padding.SAME);
      case 2 -> Conv2DTranspose.filters(16).kernel(5).padding(Padding.SAME);
      case 3 -> Conv2DTranspose.filters(1).kernel(4).stride(2).padding(Padding.SAME);
      case 4 -> DepthwiseConv2D.multiplier(2).kernel(3).padding(Padding.SAME);
      default -> MaxPooling2D.window(3).stride(1).padding(Padding.SAME);
    };
  }

  @ParameterizedTest(name = "{0}, {1}, {2} channels, layer {3}")
  @MethodSource("cases")
  void nanInOneImage_leavesTheOthersAsTheyWere(
      DataType dtype, Engine engine, int channels, int kind) {
    Input x = Input.of("x", Shape.of(8, 7, channels), dtype);
    Model model = Model.of("m", x, layer(kind).apply(x)).initialize(1);
    INDArray images = Nd4j.rand(dtype, 4, 8, 7, channels);
    try (Predictor predictor = Predictor.of(model, engine)) {
      INDArray before = predictor.predict(images);
      images.slice(1).assign(Double.NaN);

      INDArray after = predictor.predict(images);

      assertThat(after.slice(1).isNaN().any()).isTrue();
      for (int other : List.of(0, 2, 3)) {
        assertThat(after.slice(other)).isEqualTo(before.slice(other));
      }
    }
  }
}
