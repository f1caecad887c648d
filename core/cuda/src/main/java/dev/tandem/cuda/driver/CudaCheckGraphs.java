package dev.tandem.cuda.driver;

import com.google.common.collect.ImmutableMap;
import dev.tandem.core.autodiff.Gradients;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.Variable;
import dev.tandem.core.op.activation.ActivationOps;
import dev.tandem.core.op.image.ConvGeometry;
import dev.tandem.core.op.image.ImageOps;
import dev.tandem.core.op.norm.NormOps;
import dev.tandem.core.op.random.RandomOps;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.nd4j.linalg.api.buffer.DataType;

/** Small graphs, some for each kind of command that a card is given. */
final class CudaCheckGraphs {

  private CudaCheckGraphs() {}

  /** Graphs by name, each made anew. */
  static Map<String, Supplier<OpGraph>> all() {
    Map<String, Supplier<OpGraph>> all = new LinkedHashMap<>();
    put(all, "elementwise", CudaCheckGraphs::elementwise);
    put(all, "sums", ops -> ops.mean(feed(ops, "x", 33, 17, 65), false, 0, 1));
    put(all, "softmax", ops -> ActivationOps.softmax(ops, feed(ops, "x", 37, 129)));
    put(all, "product", CudaCheckGraphs::product);
    put(
        all,
        "products transposed",
        ops -> ops.matmul(feed(ops, "a", 3, 40, 20), feed(ops, "b", 3, 30, 40), true, true));
    put(all, "convolution", ops -> convolution(ops, 2, 8, 16));
    put(all, "convolution of odd sizes", ops -> convolution(ops, 1, 3, 5));
    put(all, "gradients of a convolution", CudaCheckGraphs::gradients);
    put(all, "normalization", CudaCheckGraphs::normalization);
    put(
        all,
        "copies",
        ops -> ops.concat(1, List.of(feed(ops, "a", 5, 7, 3), feed(ops, "b", 5, 2, 3))));
    put(all, "random numbers", ops -> RandomOps.normal(ops, spec(1000)));
    all.put("updates", CudaCheckGraphs::updates);
    return all;
  }

  private static void put(
      Map<String, Supplier<OpGraph>> all, String name, Function<Ops, Value> value) {
    all.put(
        name,
        () -> {
          Ops ops = new Ops();
          return ops.build(ImmutableMap.of("out", value.apply(ops)));
        });
  }

  private static TensorSpec spec(long... shape) {
    return new TensorSpec(Shape.of(shape), DataType.FLOAT);
  }

  private static Value feed(Ops ops, String name, long... shape) {
    return ops.feed(name, spec(shape));
  }

  private static Value elementwise(Ops ops) {
    Value x = feed(ops, "x", 129, 65);
    return ActivationOps.tanh(
        ops, ActivationOps.leakyRelu(ops, ops.add(ops.scale(x, 2), feed(ops, "b", 65)), .2));
  }

  private static Value product(Ops ops) {
    Value product = ops.matmul(feed(ops, "a", 50, 70), feed(ops, "b", 70, 33));
    return ActivationOps.relu(ops, ops.add(product, feed(ops, "bias", 33)));
  }

  private static Value convolution(Ops ops, int stride, long channels, long filters) {
    return ImageOps.conv2d(
        ops,
        feed(ops, "image", 4, 14, 14, channels),
        feed(ops, "kernel", 4, 4, channels, filters),
        ConvGeometry.same(14, 14, 4, 4, stride, stride, 1, 1));
  }

  private static Value gradients(Ops ops) {
    Value image = feed(ops, "image", 4, 12, 12, 8);
    Value kernel = feed(ops, "kernel", 4, 4, 8, 16);
    ConvGeometry geometry = ConvGeometry.same(12, 12, 4, 4, 2, 2, 1, 1);
    Value loss = ops.mean(ops.square(ImageOps.conv2d(ops, image, kernel, geometry)));
    List<Value> both = Gradients.of(ops, loss, List.of(image, kernel));
    return ops.concat(
        0,
        List.of(ops.reshape(both.get(0), 4 * 12 * 12 * 8), ops.reshape(both.get(1), 16 * 8 * 16)));
  }

  private static Value normalization(Ops ops) {
    return NormOps.batchNorm(
            ops, feed(ops, "x", 16, 5, 5, 12), feed(ops, "gamma", 12), feed(ops, "beta", 12), 1e-3)
        .y();
  }

  private static OpGraph updates() {
    Ops ops = new Ops();
    Variable variable = new Variable("w", spec(20, 10), () -> CudaCheck.numbers(spec(20, 10), 7));
    Value weights = ops.read(variable);
    Value loss =
        ops.mean(
            ops.square(
                ops.subtract(ops.matmul(feed(ops, "x", 8, 20), weights), feed(ops, "y", 8, 10))));
    Value gradient = Gradients.of(ops, loss, List.of(weights)).get(0);
    ops.assign(variable, ops.subtract(weights, ops.scale(gradient, .1)));
    return ops.build(ImmutableMap.of("loss", loss));
  }
}
