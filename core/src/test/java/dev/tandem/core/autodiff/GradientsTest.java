package dev.tandem.core.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.op.Composite;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Program;
import dev.tandem.core.op.SampleArrays;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.activation.ActivationOps;
import dev.tandem.core.op.image.ConvGeometry;
import dev.tandem.core.op.image.ImageOps;
import dev.tandem.core.op.loss.LossOps;
import dev.tandem.core.op.norm.NormOps;
import dev.tandem.core.op.norm.Normalized;
import dev.tandem.core.samediff.SameDiffEngine;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class GradientsTest {

  private final Ops ops = new Ops();

  private Value feed(String name, long... shape) {
    return ops.feed(name, new TensorSpec(Shape.of(shape), DataType.DOUBLE));
  }

  private double[] run(Value wanted, Map<String, INDArray> feeds) {
    try (Program program = new SameDiffEngine().prepare(ops.build(Map.of("wanted", wanted)))) {
      feeds.forEach(
          (name, array) -> {
            if (program.graph().feeds().containsKey(name)) {
              program.feed(name, array);
            }
          });
      program.run(0, 0);
      return program.output("wanted").dup('c').data().asDouble();
    }
  }

  private static void assertClose(double[] actual, double[] expected) {
    assertThat(actual).containsExactly(expected, within(1e-12));
  }

  @Test
  void of_aSum_isTheSumOfTheGradients() {
    Value x = feed("x", 4);
    Value first = ops.sum(ops.exp(x));
    Value second = ops.sum(ActivationOps.tanh(ops, x));
    Value sum = ops.add(ops.scale(first, 2), ops.scale(second, -3));
    Map<String, INDArray> feeds = Map.of("x", SampleArrays.normal(1, 4));

    double[] parts =
        run(
            ops.add(
                ops.scale(Gradients.of(ops, first, List.of(x)).get(0), 2),
                ops.scale(Gradients.of(ops, second, List.of(x)).get(0), -3)),
            feeds);

    assertClose(run(Gradients.of(ops, sum, List.of(x)).get(0), feeds), parts);
  }

  @Test
  void of_aValueUsedTwice_addsWhatArrives() {
    Value x = feed("x", 3);
    Value twice = ops.multiply(x, x);
    Value loss = ops.sum(ops.add(twice, x));
    INDArray at = SampleArrays.normal(2, 3);

    double[] gradient = run(Gradients.of(ops, loss, List.of(x)).get(0), Map.of("x", at));

    assertClose(gradient, at.mul(2).add(1).data().asDouble());
  }

  @Test
  void of_aTargetThatDependsOnAnother_givesBothInFull() {
    Value x = feed("x", 3);
    Value square = ops.square(x);
    Value loss = ops.sum(ops.square(square));
    INDArray at = SampleArrays.normal(3, 3);
    List<Value> gradients = Gradients.of(ops, loss, List.of(x, square));

    assertClose(
        run(gradients.get(0), Map.of("x", at)), at.mul(at).mul(at).mul(4).data().asDouble());
    assertClose(run(gradients.get(1), Map.of("x", at)), at.mul(at).mul(2).data().asDouble());
  }

  @Test
  void of_theTargetItself_isTheUpstream() {
    Value x = feed("x", 3);
    Value upstream = feed("g", 3);

    assertThat(Gradients.of(ops, List.of(x), List.of(upstream), List.of(x)))
        .containsExactly(upstream);
  }

  @Test
  void of_somethingIndependent_isZeros() {
    Value x = feed("x", 3);
    Value other = feed("other", 2, 2);
    Value loss = ops.sum(ops.exp(x));

    Value gradient = Gradients.of(ops, loss, List.of(other)).get(0);

    assertThat(gradient.spec()).isEqualTo(other.spec());
    assertClose(run(gradient, Map.of()), new double[4]);
  }

  @Test
  void of_aStoppedValue_isZeros() {
    Value x = feed("x", 3);
    Value loss = ops.sum(ops.multiply(ops.stopGradient(x), ops.stopGradient(ops.exp(x))));

    assertClose(run(Gradients.of(ops, loss, List.of(x)).get(0), Map.of()), new double[3]);
  }

  @Test
  void of_aHalfStoppedProduct_isTheOtherHalf() {
    Value x = feed("x", 3);
    Value loss = ops.sum(ops.multiply(ops.stopGradient(x), x));
    INDArray at = SampleArrays.normal(4, 3);

    assertClose(
        run(Gradients.of(ops, loss, List.of(x)).get(0), Map.of("x", at)), at.data().asDouble());
  }

  @Test
  void of_itsOwnResult_isTheNextDerivative() {
    Value x = feed("x", 3);
    Value value = ops.power(x, 3);
    INDArray at = SampleArrays.normal(5, 3);
    Map<String, INDArray> feeds = Map.of("x", at);

    Value first = Gradients.of(ops, ops.sum(value), List.of(x)).get(0);
    Value second = Gradients.of(ops, ops.sum(first), List.of(x)).get(0);
    Value third = Gradients.of(ops, ops.sum(second), List.of(x)).get(0);

    assertClose(run(first, feeds), at.mul(at).mul(3).data().asDouble());
    assertClose(run(second, feeds), at.mul(6).data().asDouble());
    assertClose(run(third, feeds), new double[] {6, 6, 6});
  }

  @Test
  void of_aTensor_isRefused() {
    Value x = feed("x", 3);

    assertThatThrownBy(() -> Gradients.of(ops, ops.exp(x), List.of(x)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs a scalar");
  }

  /** Gives the mean of a batch norm that its parts draw, too. */
  private record UsesStatistics() implements Composite {
    @Override
    public List<Value> decompose(Ops ops, List<Value> inputs) {
      Value x = inputs.get(0);
      Normalized normal = NormOps.batchNorm(ops, x, inputs.get(1), inputs.get(1), 1e-3);
      return List.of(ops.multiply(normal.y(), inputs.get(2)));
    }
  }

  @Test
  void of_aCompositeWhoseInputIsMadeByAPartOfIt_countsThatOnce() {
    GradientCheck.of(
            (ops, inputs) -> {
              Value gamma = ops.exp(inputs.get(1));
              Value mean = NormOps.batchNorm(ops, inputs.get(0), gamma, gamma, 1e-3).mean();
              return ops.one(new UsesStatistics(), inputs.get(0), gamma, mean);
            },
            List.of(SampleArrays.normal(6, 5, 3), SampleArrays.normal(7, 3)))
        .secondOrder();
  }

  @Test
  void of_aCompositeBehindAScalingOrAReshape_countsAllWays() {
    GradientCheck.of(
            (ops, in) -> ActivationOps.geluTanh(ops, ops.scale(in.get(0), 0.3)),
            List.of(SampleArrays.normal(3, 4, 2)))
        .secondOrder();
    GradientCheck.of(
            (ops, in) -> ActivationOps.geluTanh(ops, ops.reshape(ops.reshape(in.get(0), 8), 2, 4)),
            List.of(SampleArrays.normal(4, 4, 2)))
        .secondOrder();
  }

  @Test
  void of_whatStandsBetweenTwoScalingsOrReshapes_isFound() {
    Value x = feed("x", 2, 2);
    Value scaled = ops.scale(x, 3);
    Value shaped = ops.reshape(ActivationOps.tanh(ops, x), 4);

    Value ofScaled = Gradients.of(ops, ops.sum(ops.scale(scaled, 5)), List.of(scaled)).get(0);
    Value ofShaped = Gradients.of(ops, ops.sum(ops.reshape(shaped, 1, 4)), List.of(shaped)).get(0);

    assertClose(
        run(ofScaled, Map.of("x", SampleArrays.normal(1, 2, 2))), new double[] {5, 5, 5, 5});
    assertClose(
        run(ofShaped, Map.of("x", SampleArrays.normal(1, 2, 2))), new double[] {1, 1, 1, 1});
  }

  @Test
  void of_aCompositeWithOneInputTwice_countsBoth() {
    GradientCheck.of(
            (ops, inputs) -> LossOps.sigmoidCrossEntropy(ops, inputs.get(0), inputs.get(0)),
            List.of(SampleArrays.awayFromZero(8, 4)))
        .secondOrder();
  }

  @Test
  void of_batchStatistics_goesThroughTheParts() {
    GradientCheck.of(
            (ops, inputs) -> {
              Value ones = ops.fill(1, new TensorSpec(Shape.of(3), DataType.DOUBLE));
              Normalized all = NormOps.batchNorm(ops, inputs.get(0), ones, ones, 1e-3);
              Value statistics = ops.multiply(all.variance(), ops.exp(all.mean()));
              return ops.multiply(all.y(), statistics);
            },
            List.of(SampleArrays.normal(9, 2, 2, 2, 3)))
        .secondOrder();
  }

  /**
   * The penalty of WGAN-GP (Gulrajani et al., 2017): the mean of (|gradient| - 1)² over samples.
   */
  private static Value penalty(Ops ops, Value x, Value critic) {
    Value gradient = Gradients.of(ops, ops.sum(critic), List.of(x)).get(0);
    int[] axes = new int[x.rank() - 1];
    Arrays.setAll(axes, i -> i + 1);
    Value norm = ops.sqrt(ops.sum(ops.square(gradient), false, axes));
    return ops.mean(ops.square(ops.shift(norm, -1)));
  }

  @Test
  void of_aGradientPenaltyThroughADenseNet_isTheDerivative() {
    GradientCheck.of(
            (ops, in) -> {
              Value hidden =
                  ActivationOps.tanh(ops, ops.add(ops.matmul(in.get(0), in.get(1)), in.get(2)));
              Value more = ActivationOps.leakyRelu(ops, ops.matmul(hidden, in.get(3)), 0.2);
              return penalty(ops, in.get(0), ops.matmul(more, in.get(4)));
            },
            List.of(
                SampleArrays.normal(11, 4, 3),
                SampleArrays.normal(12, 3, 6),
                SampleArrays.normal(13, 6),
                SampleArrays.normal(14, 6, 5),
                SampleArrays.normal(15, 5, 1)))
        .firstOrder();
  }

  @Test
  void of_aGradientPenaltyThroughAConvolutionalNet_isTheDerivative() {
    ConvGeometry down = ConvGeometry.same(6, 6, 4, 4, 2, 2, 1, 1);
    GradientCheck.of(
            (ops, in) -> {
              Value maps =
                  ActivationOps.leakyRelu(
                      ops, ImageOps.conv2d(ops, in.get(0), in.get(1), down), 0.2);
              Value normal = NormOps.layerNorm(ops, maps, in.get(2), in.get(2), 1e-3);
              Value smooth =
                  ActivationOps.swish(
                      ops, ImageOps.conv2d(ops, normal, in.get(3), ConvGeometry.valid(1, 1)));
              Value flat = ops.reshape(smooth, 2, 8);
              return penalty(ops, in.get(0), ops.matmul(flat, in.get(4)));
            },
            List.of(
                SampleArrays.normal(21, 2, 6, 6, 2),
                SampleArrays.normal(22, 4, 4, 2, 4),
                SampleArrays.positive(23, 4),
                SampleArrays.normal(24, 2, 2, 4, 2),
                SampleArrays.normal(25, 8, 1)))
        .firstOrder();
  }
}
