package dev.tandem.cuda.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Iterables;
import dev.tandem.core.autodiff.Gradients;
import dev.tandem.core.op.Op;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.activation.ActivationOps;
import dev.tandem.core.op.image.Conv2DInputGradient;
import dev.tandem.core.op.image.Conv2DKernelGradient;
import dev.tandem.core.op.image.Conv2DOp;
import dev.tandem.core.op.image.ConvGeometry;
import dev.tandem.core.op.image.ImageOps;
import dev.tandem.core.op.image.PoolWindow;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.cuda.Cards;
import dev.tandem.cuda.CudaEngine;
import dev.tandem.cuda.CudaProgram;
import dev.tandem.cuda.device.Command;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;

/** By which commands convolutions run, and nets made of them. */
class ConvolutionsTest {

  private static OpGraph graph(DataType dtype, Op op, Shape first, Shape second) {
    Ops ops = new Ops();
    Value a = ops.feed("a", new TensorSpec(first, dtype));
    Value b = ops.feed("b", new TensorSpec(second, dtype));
    return ops.build(Map.of("out", ops.one(op, a, b)));
  }

  private static List<OpGraph> trio(
      DataType dtype, ConvGeometry by, Shape image, Shape kernel, Shape output) {
    return List.of(
        graph(dtype, new Conv2DOp(by), image, kernel),
        graph(dtype, new Conv2DInputGradient(by, image), kernel, output),
        graph(dtype, new Conv2DKernelGradient(by, kernel), image, output));
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"FLOAT", "DOUBLE"})
  void convolution_ofSinglePixelsOrWholeImages_isAProduct(DataType dtype) {
    ConvGeometry by = ConvGeometry.valid(1, 1);
    for (OpGraph graph :
        Iterables.concat(
            trio(dtype, by, Shape.of(2, 5, 6, 9), Shape.of(1, 1, 9, 10), Shape.of(2, 5, 6, 10)),
            trio(dtype, by, Shape.of(9, 4, 3, 9), Shape.of(4, 3, 9, 10), Shape.of(9, 1, 1, 10)))) {
      Agreement.onRandomFeeds(graph, dtype == DataType.FLOAT ? 1e-4 : 1e-12);
      try (CudaProgram program = new CudaEngine(Cards.host()).prepare(graph)) {
        assertThat(program.commands()).singleElement().isInstanceOf(Command.Product.class);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"FLOAT", "DOUBLE"})
  void convolution_withMoreZerosBehind_goesToTheLibraryPadded(DataType dtype) {
    ConvGeometry by = ConvGeometry.same(6, 8, 3, 3, 2, 2, 1, 1);
    assertThat(by.isSymmetric()).isFalse();
    for (OpGraph graph :
        trio(dtype, by, Shape.of(1, 6, 8, 5), Shape.of(3, 3, 5, 7), Shape.of(1, 3, 4, 7))) {
      Agreement.onRandomFeeds(graph, dtype == DataType.FLOAT ? 1e-4 : 1e-12);
      try (CudaProgram program = new CudaEngine(Cards.host()).prepare(graph)) {
        assertThat(program.commands())
            .filteredOn(command -> command instanceof Command.Convolution)
            .singleElement()
            .satisfies(
                command ->
                    assertThat(((Command.Convolution) command).imageShape())
                        .isEqualTo(Shape.of(1, 7, 9, 5)));
        assertThat(program.commands()).hasSizeBetween(2, 3);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"FLOAT", "DOUBLE"})
  void net_ofConvolutionsAndPools_hasTheValueAndGradientsOfTheDefinition(DataType dtype) {
    Ops ops = new Ops();
    ImmutableMap.Builder<String, Value> weights = ImmutableMap.builder();
    Value z = feed(ops, weights, dtype, "z", 2, 5);
    Value x = ops.matmul(z, feed(ops, weights, dtype, "dense", 5, 64));
    x = ActivationOps.relu(ops, ops.add(x, feed(ops, weights, dtype, "bias", 64)));
    x = ops.reshape(x, 2, 2, 2, 16);
    ConvGeometry twice = new ConvGeometry(2, 2, 1, 1, 1, 1, 1, 1);
    Value up = feed(ops, weights, dtype, "up", 4, 4, 16, 16);
    x = ImageOps.conv2dTranspose(ops, x, up, twice, Shape.of(2, 4, 4, 16));
    x = ActivationOps.leakyRelu(ops, x, 0.2);
    x = ImageOps.upSample2d(ops, x, 2, 2);
    Value last = feed(ops, weights, dtype, "last", 5, 5, 16, 1);
    x = ImageOps.conv2d(ops, x, last, ConvGeometry.same(8, 8, 5, 5, 1, 1, 1, 1));
    x = ActivationOps.tanh(ops, x);
    x = ImageOps.conv2d(ops, x, feed(ops, weights, dtype, "first", 4, 4, 1, 16), twice);
    x = ActivationOps.leakyRelu(ops, x, 0.2);
    x = ImageOps.maxPool2d(ops, x, PoolWindow.valid(2, 2, 1, 1));
    x = ImageOps.avgPool2d(ops, x, PoolWindow.same(x.shape(), 2, 2, 2, 2), false);
    Value deep = feed(ops, weights, dtype, "deep", 3, 3, 16, 1);
    x = ImageOps.depthwiseConv2d(ops, x, deep, ConvGeometry.same(2, 2, 3, 3, 1, 1, 1, 1));
    x = ops.matmul(ops.reshape(x, 2, 64), feed(ops, weights, dtype, "thin", 64, 1));
    Value loss = ops.sum(ops.square(x), false, 0, 1);
    List<String> names = weights.build().keySet().asList();
    List<Value> gradients = Gradients.of(ops, loss, weights.build().values().asList());
    ImmutableMap.Builder<String, Value> outputs = ImmutableMap.builder();
    outputs.put("loss", loss);
    for (int i = 0; i < names.size(); i++) {
      outputs.put("gradient of " + names.get(i), gradients.get(i));
    }

    Agreement.onRandomFeeds(ops.build(outputs.build()), dtype == DataType.FLOAT ? 1e-3 : 1e-10);
  }

  private static Value feed(
      Ops ops,
      ImmutableMap.Builder<String, Value> weights,
      DataType dtype,
      String name,
      long... shape) {
    Value value = ops.feed(name, new TensorSpec(Shape.of(shape), dtype));
    weights.put(name, value);
    return value;
  }
}
