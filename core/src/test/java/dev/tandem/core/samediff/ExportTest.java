package dev.tandem.core.samediff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.Maps;
import dev.tandem.core.op.Expansion;
import dev.tandem.core.op.Feed;
import dev.tandem.core.op.Op;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.OpSample;
import dev.tandem.core.op.OpSamples;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Program;
import dev.tandem.core.op.SampleArrays;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.Variable;
import dev.tandem.core.op.activation.ActivationOps;
import dev.tandem.core.op.image.AvgPool2DGradient;
import dev.tandem.core.op.image.ConvGeometry;
import dev.tandem.core.op.image.ImageOps;
import dev.tandem.core.op.image.MaxPool2DGradient;
import dev.tandem.core.op.image.PoolWindow;
import dev.tandem.core.op.random.RandomOp;
import dev.tandem.core.op.random.RandomOps;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class ExportTest {

  @TempDir Path folder;

  static Stream<OpSample> ops() {
    return OpSamples.all()
        .filter(sample -> !isRefused(sample.op().apply(DataType.FLOAT)))
        .filter(sample -> !sample.label().equals("feed"));
  }

  private static boolean isRefused(Op op) {
    return op instanceof RandomOp
        || op instanceof MaxPool2DGradient
        || op instanceof AvgPool2DGradient;
  }

  @ParameterizedTest
  @MethodSource("ops")
  void save_ofAnyOp_isReadByPlainSameDiff(OpSample sample) {
    assertSameOutputs(sample.graph(DataType.FLOAT), sample.feeds(DataType.FLOAT));
  }

  @Test
  void save_ofADenseNet_isReadByPlainSameDiff() {
    Ops ops = new Ops();
    Value x = ops.feed("x", TensorSpec.of(4, 5));
    ops.origin("net/hidden");
    Value hidden = ops.add(ops.matmul(x, weight(ops, "w1", 5, 7)), weight(ops, "b1", 7));
    ops.origin("net/output");
    Value logits =
        ops.add(
            ops.matmul(ActivationOps.gelu(ops, hidden), weight(ops, "w2", 7, 3)),
            weight(ops, "b2", 3));
    OpGraph graph =
        ops.build(
            Map.of(
                "probabilities",
                ActivationOps.softmax(ops, logits),
                "softmax",
                ActivationOps.logSoftmax(ops, logits)));

    assertSameOutputs(graph, Map.of("x", array(4, 5)));
  }

  @Test
  void save_ofAConvolutionalNet_isReadByPlainSameDiff() {
    Ops ops = new Ops();
    Value x = ops.feed("image", TensorSpec.of(2, 8, 8, 3));
    ConvGeometry down = ConvGeometry.same(8, 8, 4, 4, 2, 2, 1, 1);
    Value small =
        ActivationOps.leakyRelu(
            ops, ImageOps.conv2d(ops, x, weight(ops, "down", 4, 4, 3, 6), down), 0.2);
    Value normal = inferenceNorm(ops, small);
    Value large =
        ImageOps.conv2dTranspose(
            ops, normal, weight(ops, "up", 4, 4, 5, 6), down, Shape.of(2, 8, 8, 5));
    OpGraph graph = ops.build(Map.of("picture", ActivationOps.tanh(ops, large)));

    assertSameOutputs(graph, Map.of("image", array(2, 8, 8, 3)));
  }

  private static Value inferenceNorm(Ops ops, Value x) {
    Value variance = ops.square(weight(ops, "variance", 6));
    Value factor =
        ops.multiply(weight(ops, "gamma", 6), ops.power(ops.shift(variance, 1e-3), -0.5));
    Value centered = ops.subtract(x, weight(ops, "mean", 6));
    return ops.add(ops.multiply(centered, factor), weight(ops, "beta", 6));
  }

  private static Value weight(Ops ops, String name, long... shape) {
    return ops.read(new Variable(name, TensorSpec.of(shape), () -> array(shape)));
  }

  private static INDArray array(long... shape) {
    return SampleArrays.normal(shape.length, shape).castTo(DataType.FLOAT);
  }

  private static List<String> fed(OpGraph graph) {
    return Expansion.of(graph, call -> false).calls().stream()
        .map(OpCall::op)
        .filter(Feed.class::isInstance)
        .map(op -> ((Feed) op).label())
        .toList();
  }

  private void assertSameOutputs(OpGraph graph, Map<String, INDArray> feeds) {
    Path file = folder.resolve("net.fb");
    Export.of(graph).save(file);
    SameDiff plain = SameDiff.load(file.toFile(), false);

    // not all that is fed to a composite is read by its parts
    assertThat(plain.inputs()).containsExactlyInAnyOrderElementsOf(fed(graph));
    try (Program program = new SameDiffEngine().prepare(graph)) {
      feeds.forEach(program::feed);
      program.run(0, 0);
      Map<String, INDArray> read = Maps.filterKeys(feeds, plain.inputs()::contains);
      Map<String, INDArray> loaded = plain.output(read, List.copyOf(graph.outputs().keySet()));
      loaded.forEach(
          (name, array) -> {
            INDArray expected = program.output(name);
            assertThat(array.dataType()).isEqualTo(expected.dataType());
            assertThat(array.shape()).isEqualTo(expected.shape());
            assertThat(array.equalsWithEps(expected, 1e-6)).as(name).isTrue();
          });
    }
  }

  @Test
  void of_weightsThatChangeLater_keepsThoseOfTheExport() {
    Ops ops = new Ops();
    Variable w = new Variable("w", TensorSpec.of(3), () -> array(3));
    Value y = ops.scale(ops.read(w), 2);
    SameDiff sd = Export.of(ops.build(Map.of("y", y))).sameDiff();
    double before = w.array().getDouble(1);

    w.array().addi(1);

    assertThat(sd.outputSingle(Map.of(), "y").getDouble(1)).isEqualTo(2 * before);
  }

  @Test
  void of_aGraphThatIsNoPredictor_isRefused() {
    Ops ops = new Ops();
    Variable w = new Variable("w", TensorSpec.of(3), () -> array(3));
    Value x = ops.feed("x", TensorSpec.of(3));
    OpGraph random = ops.build(Map.of("y", RandomOps.normal(ops, TensorSpec.of(3))));
    OpGraph twice = ops.build(Map.of("x", x));
    ops.assign(w, x);
    OpGraph step = ops.build(Map.of("y", x));

    Value image = ops.feed("image", TensorSpec.of(1, 2, 2, 1));
    PoolWindow window = PoolWindow.valid(2, 2, 2, 2);
    Value pooled = ImageOps.maxPool2d(ops, image, window);
    OpGraph pooling =
        new Ops().build(Map.of("y", ops.one(new MaxPool2DGradient(window), image, pooled)));

    assertThatThrownBy(() -> Export.of(pooling)).hasMessageContaining("gradients of pooling");
    assertThatThrownBy(() -> Export.of(random)).hasMessageContaining("random numbers");
    assertThatThrownBy(() -> Export.of(twice)).hasMessageContaining("names a feed and an output");
    assertThatThrownBy(() -> Export.of(step)).hasMessageContaining("writes \"w\"");
  }

  @Test
  void save_intoAFolderThatIsNotThere_fails() {
    Ops ops = new Ops();
    Export export = Export.of(ops.build(Map.of("y", ops.fill(1, TensorSpec.of(3)))));

    assertThatThrownBy(() -> export.save(folder.resolve("none/net.fb")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("net.fb");
    assertThat(Files.exists(folder.resolve("none"))).isFalse();
  }
}
