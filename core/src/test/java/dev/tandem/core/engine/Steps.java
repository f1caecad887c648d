package dev.tandem.core.engine;

import dev.tandem.core.autodiff.Gradients;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.activation.ActivationOps;
import dev.tandem.core.op.loss.LossOps;
import dev.tandem.core.op.random.RandomOps;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;

/** Training steps as graphs: a classifier's, and the two steps of a GAN. */
final class Steps {

  private Steps() {}

  /** Feeds "x", "labels" and "alpha"; output "loss". */
  static OpGraph classifier(Nets net, DataType dtype, long batch, long in, long classes) {
    Ops ops = new Ops();
    Value x = ops.feed("x", new TensorSpec(Shape.of(batch, in), dtype));
    Value labels = ops.feed("labels", new TensorSpec(Shape.of(batch, classes), dtype));
    Value loss = ops.mean(LossOps.softmaxCrossEntropy(ops, net.draw(ops, x), labels));
    net.adam(ops, loss, 0.9, 0.999);
    return ops.build(Map.of("loss", loss));
  }

  /** A generator and a discriminator. */
  record Gan(Nets g, Nets d, DataType dtype, long noise, long batch, Shape sample) {

    private Value fake(Ops ops) {
      return g.draw(ops, RandomOps.normal(ops, new TensorSpec(Shape.of(batch, noise), dtype)));
    }

    private Value real(Ops ops) {
      return ops.feed("real", new TensorSpec(sample.prepend(batch), dtype));
    }

    /** Feeds "real" and "alpha"; output "loss". */
    OpGraph discriminatorStep() {
      Ops ops = new Ops();
      Value fake = ops.stopGradient(fake(ops));
      Value onReal = ops.mean(ActivationOps.softplus(ops, ops.negate(d.draw(ops, real(ops)))));
      Value loss = ops.add(onReal, ops.mean(ActivationOps.softplus(ops, d.draw(ops, fake))));
      d.adam(ops, loss, 0.5, 0.999);
      g.moveStatistics(ops);
      return ops.build(Map.of("loss", loss));
    }

    /** Feeds "alpha"; outputs "loss" and "fake". */
    OpGraph generatorStep() {
      Ops ops = new Ops();
      Value fake = fake(ops);
      Value loss = ops.mean(ActivationOps.softplus(ops, ops.negate(d.draw(ops, fake))));
      g.adam(ops, loss, 0.5, 0.999);
      g.moveStatistics(ops);
      return ops.build(Map.of("loss", loss, "fake", fake));
    }

    /** A critic with a gradient penalty: feeds "real" and "alpha"; outputs "loss" and "penalty". */
    OpGraph criticStep() {
      Ops ops = new Ops();
      Value real = real(ops);
      Value fake = ops.stopGradient(fake(ops));
      long[] one = sample.prepend(batch).toArray();
      java.util.Arrays.fill(one, 1, one.length, 1);
      Value mix = RandomOps.uniform(ops, new TensorSpec(Shape.of(one), dtype));
      Value between = ops.add(fake, ops.multiply(mix, ops.subtract(real, fake)));
      Value slope = Gradients.of(ops, ops.sum(d.draw(ops, between)), List.of(between)).get(0);
      Value flat = ops.reshape(slope, batch, sample.length());
      Value norm = ops.sqrt(ops.shift(ops.sum(ops.square(flat), false, 1), 1e-12));
      Value penalty = ops.mean(ops.square(ops.shift(norm, -1)));
      Value distance = ops.subtract(ops.mean(d.draw(ops, fake)), ops.mean(d.draw(ops, real)));
      Value loss = ops.add(distance, ops.scale(penalty, 10));
      d.adam(ops, loss, 0.0, 0.9);
      g.moveStatistics(ops);
      return ops.build(Map.of("loss", loss, "penalty", penalty));
    }

    /** The generator against a critic: feeds "alpha"; output "loss". */
    OpGraph criticsGeneratorStep() {
      Ops ops = new Ops();
      Value loss = ops.negate(ops.mean(d.draw(ops, fake(ops))));
      g.adam(ops, loss, 0.0, 0.9);
      g.moveStatistics(ops);
      return ops.build(Map.of("loss", loss));
    }
  }
}
