package dev.tandem.cuda.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.op.Op;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.image.Conv2DInputGradient;
import dev.tandem.core.op.image.Conv2DKernelGradient;
import dev.tandem.core.op.image.Conv2DOp;
import dev.tandem.core.op.image.ConvGeometry;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.cuda.Cards;
import dev.tandem.cuda.CudaEngine;
import dev.tandem.cuda.CudaProgram;
import dev.tandem.cuda.device.Command;
import dev.tandem.cuda.device.HostDevice;
import dev.tandem.cuda.device.KernelTexts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/** Convolutions from and to few channels, by kernels alone. */
class FewChannelConvolutionTest {

  private record Walk(int height, int width, int rows, int columns, ConvGeometry by) {}

  private static List<Walk> walks() {
    return List.of(
        new Walk(28, 28, 7, 7, ConvGeometry.same(28, 28, 7, 7, 1, 1, 1, 1)),
        new Walk(28, 28, 4, 4, new ConvGeometry(2, 2, 1, 1, 1, 1, 1, 1)),
        new Walk(7, 9, 3, 3, ConvGeometry.same(7, 9, 3, 3, 2, 2, 1, 1)),
        new Walk(8, 6, 5, 3, ConvGeometry.same(8, 6, 5, 3, 2, 2, 1, 1)),
        new Walk(9, 13, 3, 2, new ConvGeometry(1, 1, 2, 0, 0, 3, 2, 3)),
        new Walk(7, 8, 3, 3, new ConvGeometry(3, 3, 1, 0, 0, 1, 1, 1)),
        new Walk(6, 11, 2, 3, ConvGeometry.valid(2, 3)),
        new Walk(5, 5, 1, 1, ConvGeometry.valid(2, 2)));
  }

  static Stream<Arguments> cases() {
    List<Arguments> cases = new ArrayList<>();
    for (DataType dtype : List.of(DataType.FLOAT, DataType.DOUBLE)) {
      for (long[] channels : new long[][] {{64, 1}, {1, 64}, {16, 3}, {3, 40}}) {
        for (Walk walk : walks()) {
          Shape image = Shape.of(2, walk.height, walk.width, channels[0]);
          Shape kernel = Shape.of(walk.rows, walk.columns, channels[0], channels[1]);
          Shape output =
              Shape.of(
                  2,
                  walk.by.outputHeight(walk.height, walk.rows),
                  walk.by.outputWidth(walk.width, walk.columns),
                  channels[1]);
          cases.add(Arguments.of(dtype, new Conv2DOp(walk.by), image, kernel));
          cases.add(Arguments.of(dtype, new Conv2DInputGradient(walk.by, image), kernel, output));
          cases.add(Arguments.of(dtype, new Conv2DKernelGradient(walk.by, kernel), image, output));
        }
      }
    }
    return cases.stream();
  }

  @BeforeAll
  static void compile() {
    if (HostDevice.isThere()) {
      Stream<OpGraph> graphs = cases().map(Arguments::get).map(FewChannelConvolutionTest::graph);
      HostDevice.prepare(KernelTexts.of(graphs).values());
    }
  }

  private static OpGraph graph(Object... of) {
    return graph((DataType) of[0], (Op) of[1], (Shape) of[2], (Shape) of[3]);
  }

  private static OpGraph graph(DataType dtype, Op op, Shape first, Shape second) {
    Ops ops = new Ops();
    Value a = ops.feed("a", new TensorSpec(first, dtype));
    Value b = ops.feed("b", new TensorSpec(second, dtype));
    return ops.build(Map.of("out", ops.one(op, a, b)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void convolution_ofFewChannels_equalsTheDefinitionWithoutALibrary(
      DataType dtype, Op op, Shape first, Shape second) {
    OpGraph graph = graph(dtype, op, first, second);
    Agreement.onRandomFeeds(graph, dtype == DataType.FLOAT ? 1e-4 : 1e-12);
    try (CudaProgram program = new CudaEngine(Cards.host()).prepare(graph)) {
      assertThat(program.commands()).allMatch(command -> command instanceof Command.Launch);
    }
  }
}
