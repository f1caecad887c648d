package dev.tandem.cuda.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.OpSample;
import dev.tandem.core.op.OpSamples;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.image.MaxPool2D;
import dev.tandem.core.op.image.MaxPool2DGradient;
import dev.tandem.core.op.image.MaxPool2DSelect;
import dev.tandem.core.op.image.PoolWindow;
import dev.tandem.core.samediff.SameDiffEngine;
import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.cuda.Cards;
import dev.tandem.cuda.CudaEngine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Products, convolutions and pools × {NaN, +∞, −∞} in one element of each input. */
class NonFiniteImagesTest {

  private static final double[] OTHERS = {
    Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
  };

  static Stream<Arguments> table() {
    List<Arguments> table = new ArrayList<>();
    OpSamples.all()
        .filter(sample -> name(sample).matches("matmul|(max|avg)_pool2d.*|up_sample2d|block_sum2d"))
        .forEach(
            sample -> {
              for (String input : sample.feeds(DataType.FLOAT).keySet()) {
                for (double other : OTHERS) {
                  table.add(Arguments.of(sample, input, other));
                }
              }
            });
    return table.stream();
  }

  private static String name(OpSample sample) {
    return sample.op().apply(DataType.FLOAT).opName();
  }

  @ParameterizedTest(name = "{0}, {1} holds {2}")
  @MethodSource("table")
  void otherThanNumbers_standWhereTheDefinitionHasThem(OpSample sample, String name, double other) {
    OpGraph graph = sample.graph(DataType.FLOAT);
    Map<String, INDArray> feeds = new LinkedHashMap<>();
    sample.feeds(DataType.FLOAT).forEach((input, array) -> feeds.put(input, array.dup('c')));
    INDArray array = feeds.get(name);
    array.putScalar(array.length() / 2, other);

    Map<String, double[]> defined = Agreement.outputs(new SameDiffEngine(), graph, feeds);
    Map<String, double[]> made = Agreement.outputs(new CudaEngine(Cards.host()), graph, feeds);

    assertThat(signs(made)).isEqualTo(signs(defined));
  }

  static Stream<Arguments> images() {
    float nan = Float.NaN;
    float low = Float.NEGATIVE_INFINITY;
    return Stream.of(
        Arguments.of(new float[] {1, 2, 3, nan, 5, 6, 7, 8}),
        Arguments.of(new float[] {nan, 2, 3, 4, 5, 6, 7, 8}),
        Arguments.of(new float[] {1, 2, 3, 4, nan, nan, 7, 8}),
        Arguments.of(new float[] {low, low, low, low, low, nan, 1, low}),
        Arguments.of(new float[] {2, 2, 2, 2, 2, 2, 2, 2}));
  }

  @ParameterizedTest
  @MethodSource("images")
  void maxPool_ofWindowsWithNanOrEqualNumbers_equalsTheDefinition(float[] image) {
    PoolWindow window = PoolWindow.valid(2, 2, 1, 2);
    Ops ops = new Ops();
    Value x = ops.feed("x", TensorSpec.of(1, 4, 2, 1));
    Value g = ops.feed("g", TensorSpec.of(1, 3, 1, 1));
    Value u = ops.feed("u", TensorSpec.of(1, 4, 2, 1));
    OpGraph graph =
        ops.build(
            Map.of(
                "largest", ops.one(new MaxPool2D(window), x),
                "gradient", ops.one(new MaxPool2DGradient(window), x, g),
                "selected", ops.one(new MaxPool2DSelect(window), x, u)));
    Map<String, INDArray> feeds = new LinkedHashMap<>(Agreement.randomFeeds(graph));
    feeds.put("x", Nd4j.createFromArray(image).reshape(1, 4, 2, 1));

    Map<String, double[]> made = Agreement.outputs(new CudaEngine(Cards.host()), graph, feeds);

    Agreement.outputs(new SameDiffEngine(), graph, feeds)
        .forEach((name, values) -> assertThat(made.get(name)).as(name).containsExactly(values));
  }

  /** As in {@code ..N.+}: one sign for each element. */
  private static String signs(Map<String, double[]> outputs) {
    StringBuilder signs = new StringBuilder();
    for (double[] values : outputs.values()) {
      for (double value : values) {
        signs.append(
            Double.isFinite(value) ? '.' : Double.isNaN(value) ? 'N' : value > 0 ? '+' : '-');
      }
      signs.append(' ');
    }
    return signs.toString();
  }
}
