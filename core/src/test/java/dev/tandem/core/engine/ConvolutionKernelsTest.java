package dev.tandem.core.engine;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.image.Conv2DGradients;
import dev.tandem.core.op.image.Conv2DInputGradient;
import dev.tandem.core.op.image.Conv2DKernelGradient;
import dev.tandem.core.op.image.ConvGeometry;
import dev.tandem.core.op.image.ImageOps;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Convolutions large enough for kernels of their own: of few channels on one side, and of many with
 * strides.
 */
class ConvolutionKernelsTest {

  /** A convolution and its sizes. */
  record Case(ConvGeometry geometry, Shape image, Shape kernel) {

    Shape output() {
      return Shape.of(
          image.size(0),
          geometry.outputHeight(image.size(1), kernel.size(0)),
          geometry.outputWidth(image.size(2), kernel.size(1)),
          kernel.size(3));
    }
  }

  private static ConvGeometry same(Shape image, Shape kernel, int stride) {
    return ConvGeometry.same(
        image.size(1),
        image.size(2),
        (int) kernel.size(0),
        (int) kernel.size(1),
        stride,
        stride,
        1,
        1);
  }

  private static Case same(int stride, Shape image, Shape kernel) {
    return new Case(same(image, kernel, stride), image, kernel);
  }

  static Stream<Case> cases() {
    return Stream.of(
        same(1, Shape.of(3, 14, 12, 24), Shape.of(7, 7, 24, 1)),
        same(1, Shape.of(3, 14, 12, 24), Shape.of(5, 4, 24, 3)),
        same(1, Shape.of(40, 9, 7, 16), Shape.of(3, 5, 16, 2)),
        new Case(ConvGeometry.valid(1, 1), Shape.of(5, 12, 13, 20), Shape.of(5, 5, 20, 3)),
        new Case(
            new ConvGeometry(1, 1, 2, 0, 1, 3, 1, 1),
            Shape.of(5, 12, 13, 20),
            Shape.of(4, 5, 20, 1)),
        same(2, Shape.of(6, 16, 20, 1), Shape.of(4, 4, 1, 32)),
        same(2, Shape.of(6, 16, 20, 3), Shape.of(5, 3, 3, 32)),
        same(1, Shape.of(6, 16, 20, 3), Shape.of(3, 3, 3, 20)),
        same(3, Shape.of(6, 18, 21, 2), Shape.of(4, 4, 2, 40)),
        same(2, Shape.of(6, 15, 19, 2), Shape.of(4, 4, 2, 40)),
        new Case(
            new ConvGeometry(2, 1, 0, 1, 2, 1, 1, 1),
            Shape.of(6, 17, 12, 2),
            Shape.of(4, 4, 2, 40)),
        same(2, Shape.of(5, 16, 12, 32), Shape.of(4, 4, 32, 48)),
        same(2, Shape.of(5, 15, 13, 16), Shape.of(5, 5, 16, 32)),
        same(2, Shape.of(3, 9, 11, 20), Shape.of(3, 3, 20, 24)),
        same(3, Shape.of(3, 12, 10, 32), Shape.of(2, 4, 32, 16)),
        new Case(
            new ConvGeometry(2, 1, 0, 1, 2, 1, 1, 1),
            Shape.of(4, 11, 12, 16),
            Shape.of(3, 4, 16, 20)));
  }

  private static EngineComparison agreeing(Ops ops, Map<String, Value> outputs, DataType dtype) {
    return EngineComparison.of(ops.build(outputs))
        .feedRandomly()
        .steps(2)
        .within(dtype == DataType.FLOAT ? 2e-5 : 1e-12);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void convolution_ofAnySize_equalsExpression(Case c) {
    for (DataType dtype : List.of(DataType.FLOAT, DataType.DOUBLE)) {
      Ops ops = new Ops();
      Value x = ops.feed("x", new TensorSpec(c.image(), dtype));
      Value kernel = ops.feed("kernel", new TensorSpec(c.kernel(), dtype));
      Value bias = ops.feed("bias", new TensorSpec(Shape.of(c.kernel().size(3)), dtype));
      Value y = ImageOps.conv2d(ops, x, kernel, c.geometry());
      agreeing(ops, Map.of("y", y, "biased", ops.add(y, bias)), dtype).agree();
      agreeing(ops, Map.of("biased", ops.add(y, bias)), dtype).agree();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gradients_ofAnySize_equalExpressions(Case c) {
    for (DataType dtype : List.of(DataType.FLOAT, DataType.DOUBLE)) {
      Ops ops = new Ops();
      Value x = ops.feed("x", new TensorSpec(c.image(), dtype));
      Value kernel = ops.feed("kernel", new TensorSpec(c.kernel(), dtype));
      Value g = ops.feed("g", new TensorSpec(c.output(), dtype));
      Value gx = ops.one(new Conv2DInputGradient(c.geometry(), c.image()), kernel, g);
      Value gKernel = ops.one(new Conv2DKernelGradient(c.geometry(), c.kernel()), x, g);
      List<Value> both = ops.apply(new Conv2DGradients(c.geometry()), List.of(x, kernel, g));
      agreeing(ops, Map.of("gx", gx), dtype).agree();
      agreeing(ops, Map.of("gKernel", gKernel), dtype).agree();
      agreeing(ops, Map.of("gx", both.get(0), "gKernel", both.get(1)), dtype).agree();
    }
  }
}
