package dev.tandem.core.engine;

import dev.tandem.core.autodiff.Gradients;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.Variable;
import dev.tandem.core.op.activation.ActivationOps;
import dev.tandem.core.op.image.ConvGeometry;
import dev.tandem.core.op.image.ImageOps;
import dev.tandem.core.op.norm.NormOps;
import dev.tandem.core.op.norm.Normalized;
import dev.tandem.core.op.update.AdamUpdate;
import dev.tandem.core.op.update.UpdateOps;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** A network as a list of layers, drawn in ops by hand: whole training steps to try plans on. */
final class Nets {

  /** One layer: draws itself behind a value. */
  @FunctionalInterface
  interface Layer {
    Value apply(Ops ops, Value x);
  }

  private final String name;
  private final DataType dtype;
  private final List<Layer> layers = new ArrayList<>();
  private final List<Variable> weights = new ArrayList<>();
  private final List<Variable> statistics = new ArrayList<>();
  private final List<Value> nextStatistics = new ArrayList<>();

  Nets(String name, DataType dtype) {
    this.name = name;
    this.dtype = dtype;
  }

  private Variable weight(double deviation, double mean, long... shape) {
    String label = name + "/w" + weights.size();
    TensorSpec spec = new TensorSpec(Shape.of(shape), dtype);
    Variable weight =
        new Variable(
            label, spec, () -> Samples.random(spec, label.hashCode()).muli(deviation).addi(mean));
    weights.add(weight);
    return weight;
  }

  private static Variable zeros(String label, TensorSpec spec) {
    return new Variable(label, spec, () -> Nd4j.zeros(spec.dtype(), spec.shape().toArray()));
  }

  Nets add(Layer layer) {
    layers.add(layer);
    return this;
  }

  Nets dense(long in, long out) {
    Variable w = weight(Math.sqrt(2.0 / (in + out)), 0, in, out);
    Variable b = weight(0, 0, out);
    return add((ops, x) -> ops.add(ops.matmul(x, ops.read(w)), ops.read(b)));
  }

  Nets conv(int in, int out, int size, int stride) {
    Variable w = weight(Math.sqrt(2.0 / (size * size * (in + out))), 0, size, size, in, out);
    Variable b = weight(0, 0, out);
    return add(
        (ops, x) -> {
          ConvGeometry geometry = same(x.shape().size(1), x.shape().size(2), size, stride);
          return ops.add(ImageOps.conv2d(ops, x, ops.read(w), geometry), ops.read(b));
        });
  }

  Nets transposed(int in, int out, int size, int stride) {
    Variable w = weight(Math.sqrt(2.0 / (size * size * (in + out))), 0, size, size, out, in);
    Variable b = weight(0, 0, out);
    return add(
        (ops, x) -> {
          long height = x.shape().size(1) * stride;
          long width = x.shape().size(2) * stride;
          Shape image = Shape.of(x.shape().size(0), height, width, out);
          ConvGeometry geometry = same(height, width, size, stride);
          return ops.add(
              ImageOps.conv2dTranspose(ops, x, ops.read(w), geometry, image), ops.read(b));
        });
  }

  private static ConvGeometry same(long height, long width, int size, int stride) {
    return ConvGeometry.same(height, width, size, size, stride, stride, 1, 1);
  }

  Nets batchNorm(long channels) {
    Variable gamma = weight(0, 1, channels);
    Variable beta = weight(0, 0, channels);
    Variable mean = zeros(name + "/mean" + statistics.size(), gamma.spec());
    Variable variance = zeros(name + "/variance" + statistics.size(), gamma.spec());
    statistics.add(mean);
    statistics.add(variance);
    return add(
        (ops, x) -> {
          Normalized normal = NormOps.batchNorm(ops, x, ops.read(gamma), ops.read(beta), 1e-5);
          nextStatistics.add(moved(ops, mean, normal.mean()));
          nextStatistics.add(moved(ops, variance, normal.variance()));
          return normal.y();
        });
  }

  private static Value moved(Ops ops, Variable statistic, Value now) {
    return ops.add(ops.scale(ops.read(statistic), 0.9), ops.scale(now, 0.1));
  }

  Nets relu() {
    return add(ActivationOps::relu);
  }

  Nets leakyRelu() {
    return add((ops, x) -> ActivationOps.leakyRelu(ops, x, 0.2));
  }

  Nets tanh() {
    return add(ActivationOps::tanh);
  }

  /** A reshape that keeps the batch. */
  Nets view(long... sample) {
    return add((ops, x) -> ops.reshape(x, Shape.of(sample).batched().withBatch(x.shape().size(0))));
  }

  Value draw(Ops ops, Value x) {
    Value y = x;
    for (int i = 0; i < layers.size(); i++) {
      ops.origin(name + "/" + i);
      y = layers.get(i).apply(ops, y);
    }
    ops.origin("");
    return y;
  }

  /** Assigns the statistics of the draw before last, if any, or of the last one. */
  void moveStatistics(Ops ops) {
    for (int i = 0; i < statistics.size() && i < nextStatistics.size(); i++) {
      ops.assign(statistics.get(i), nextStatistics.get(i));
    }
    nextStatistics.clear();
  }

  /**
   * Moves all weights by Adam, with the scalar feed "alpha" as its rate. Its epsilon is large: a
   * bias before batch normalization has only rounding errors for a gradient, and engines need not
   * agree on these.
   */
  void adam(Ops ops, Value loss, double beta1, double beta2) {
    List<Value> reads = weights.stream().map(ops::read).toList();
    List<Value> gradients = Gradients.of(ops, loss, reads);
    Value alpha = ops.feed("alpha", dtype);
    AdamUpdate update = new AdamUpdate(beta1, beta2, 1e-3);
    for (int i = 0; i < weights.size(); i++) {
      Variable weight = weights.get(i);
      ops.origin("adam/" + weight.name());
      Variable m = zeros(weight.name() + "/m", weight.spec());
      Variable v = zeros(weight.name() + "/v", weight.spec());
      List<Value> next =
          UpdateOps.adam(
              ops, update, reads.get(i), gradients.get(i), ops.read(m), ops.read(v), alpha);
      ops.assign(weight, next.get(0));
      ops.assign(m, next.get(1));
      ops.assign(v, next.get(2));
    }
    ops.origin("");
  }
}
