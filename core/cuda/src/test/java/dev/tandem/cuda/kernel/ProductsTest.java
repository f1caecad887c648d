package dev.tandem.cuda.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.op.MatMul;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.activation.ActivationOps;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.cuda.Cards;
import dev.tandem.cuda.CudaEngine;
import dev.tandem.cuda.CudaProgram;
import dev.tandem.cuda.device.Command;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Matrix products, tiny and large, with what comes behind them. */
class ProductsTest {

  /** What comes behind a product. */
  private enum Behind {
    NOTHING,
    RELU,
    BIAS,
    BIAS_RELU,
    ADDEND
  }

  static Stream<Arguments> cases() {
    long[][] sizes = {
      {1, 9, 16, 12},
      {3, 5, 9, 7}, // by the library
      {1, 4, 1, 6},
      {1, 7, 2, 5},
      {2, 3, 8, 4}, // short sums
      {1, 5, 33, 1},
      {1, 9, 40, 3},
      {2, 3, 100, 4},
      {1, 3, 700, 2},
      {1, 2, 5000, 1}, // thin
      {1, 2100, 12, 1}, // many short rows
      {1, 70, 50, 2},
      {2, 3, 45, 66}, // narrow
    };
    List<Arguments> cases = new ArrayList<>();
    for (DataType dtype : List.of(DataType.FLOAT, DataType.DOUBLE)) {
      for (long[] size : sizes) {
        for (boolean transposeA : new boolean[] {false, true}) {
          for (boolean transposeB : new boolean[] {false, true}) {
            Behind behind = Behind.values()[cases.size() % Behind.values().length];
            cases.add(Arguments.of(dtype, size, new MatMul(transposeA, transposeB), behind));
          }
        }
      }
    }
    return cases.stream();
  }

  private static Value matrix(
      Ops ops, String name, DataType dtype, long batch, long rows, long columns, boolean turned) {
    Shape shape = turned ? Shape.of(columns, rows) : Shape.of(rows, columns);
    return ops.feed(name, new TensorSpec(batch == 1 ? shape : shape.prepend(batch), dtype));
  }

  private static OpGraph graph(DataType dtype, long[] size, MatMul op, Behind behind) {
    Ops ops = new Ops();
    Value a = matrix(ops, "a", dtype, size[0], size[1], size[2], op.transposeA());
    Value b = matrix(ops, "b", dtype, size[0], size[2], size[3], op.transposeB());
    Value bias = ops.feed("bias", new TensorSpec(Shape.of(size[3]), dtype));
    Value addend = matrix(ops, "addend", dtype, size[0], size[1], size[3], false);
    Value product = ops.one(op, a, b);
    UnaryOperator<Value> relu = x -> ActivationOps.relu(ops, x);
    Value out =
        switch (behind) {
          case NOTHING -> product;
          case RELU -> relu.apply(product);
          case BIAS -> ops.add(product, bias);
          case BIAS_RELU -> relu.apply(ops.add(product, bias));
          case ADDEND -> ops.add(addend, product);
        };
    return ops.build(Map.of("out", out));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void product_ofAnySize_equalsTheDefinition(
      DataType dtype, long[] size, MatMul op, Behind behind) {
    Agreement.onRandomFeeds(graph(dtype, size, op, behind), dtype == DataType.FLOAT ? 1e-4 : 1e-12);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 12})
  void product_withWhatComesBehind_isOneCommand(long columns) {
    for (Behind behind : Behind.values()) {
      OpGraph graph =
          graph(DataType.FLOAT, new long[] {1, 9, 40, columns}, new MatMul(false, false), behind);
      try (CudaProgram program = new CudaEngine(Cards.host()).prepare(graph)) {
        assertThat(program.commands()).as("%s", behind).hasSize(1);
      }
    }
  }

  @Test
  void sumOfProducts_isAddedWhereItLies() {
    Ops ops = new Ops();
    Value a = ops.feed("a", TensorSpec.of(9, 16));
    Value b = ops.feed("b", TensorSpec.of(16, 12));
    Value c = ops.feed("c", TensorSpec.of(9, 20));
    Value d = ops.feed("d", TensorSpec.of(20, 12));
    Value sum = ops.add(ops.matmul(a, b), ops.matmul(c, d));
    OpGraph graph = ops.build(Map.of("x", ops.exp(sum), "y", ops.square(sum)));

    Agreement.onRandomFeeds(graph, 1e-5);
    try (CudaProgram program = new CudaEngine(Cards.host()).prepare(graph)) {
      assertThat(program.commands())
          .filteredOn(
              command -> command instanceof Command.Product product && product.addend() != 0)
          .singleElement()
          .satisfies(
              command -> {
                Command.Product product = (Command.Product) command;
                assertThat(product.out()).isEqualTo(product.addend());
              });
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 12})
  void nan_passesBiasAndRelu(long columns) {
    OpGraph graph =
        graph(
            DataType.FLOAT,
            new long[] {1, 4, 40, columns},
            new MatMul(false, false),
            Behind.BIAS_RELU);
    Map<String, INDArray> feeds = new LinkedHashMap<>(Agreement.randomFeeds(graph));
    feeds.get("a").putScalar(45, Float.NaN);

    double[] out = Agreement.outputs(new CudaEngine(Cards.host()), graph, feeds).get("out");

    for (int i = 0; i < out.length; i++) {
      assertThat(Double.isNaN(out[i])).as("row %s", i / columns).isEqualTo(i / columns == 1);
    }
  }
}
