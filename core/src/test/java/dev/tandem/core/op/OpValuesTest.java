package dev.tandem.core.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.engine.BothEngines;
import dev.tandem.core.op.activation.ActivationOps;
import dev.tandem.core.op.array.ArrayOps;
import dev.tandem.core.op.image.BlockSum2D;
import dev.tandem.core.op.image.ImageOps;
import dev.tandem.core.op.image.MaxPool2DGradient;
import dev.tandem.core.op.image.MaxPool2DSelect;
import dev.tandem.core.op.image.PoolWindow;
import dev.tandem.core.op.loss.LossOps;
import dev.tandem.core.op.norm.NormOps;
import dev.tandem.core.op.norm.Normalized;
import dev.tandem.core.op.update.AdamUpdate;
import dev.tandem.core.op.update.UpdateOps;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Holds composites and table ops against numbers worked out by hand or from their formulas. */
class OpValuesTest {

  private final Ops ops = new Ops();

  private Value doubles(double[] values, long... shape) {
    return ops.constant(Nd4j.create(values, shape, 'c'));
  }

  private Value ints(int... values) {
    return ops.constant(Nd4j.createFromArray(values));
  }

  private double[] run(Value value) {
    return run(List.of(value)).get(0);
  }

  private List<double[]> run(List<Value> values) {
    Map<String, Value> named = new LinkedHashMap<>();
    values.forEach(value -> named.put("y" + named.size(), value));
    try (Program program = new BothEngines().prepare(ops.build(named))) {
      program.run(0, 0);
      return named.keySet().stream()
          .map(name -> program.output(name).castTo(DataType.DOUBLE).dup('c').data().asDouble())
          .toList();
    }
  }

  private double at(Function<Value, Value> function, double x) {
    return run(function.apply(doubles(new double[] {x}, 1)))[0];
  }

  private static void assertClose(double[] actual, double... expected) {
    assertThat(actual).containsExactly(expected, within(1e-12));
  }

  @Test
  void activations_areTheirFormulas() {
    assertThat(at(x -> ActivationOps.elu(ops, x, 0.5), -1))
        .isCloseTo(0.5 * Math.expm1(-1), within(1e-12));
    assertThat(at(x -> ActivationOps.elu(ops, x, 0.5), 2)).isEqualTo(2);
    assertThat(at(x -> ActivationOps.selu(ops, x), 1)).isCloseTo(1.0507009873554805, within(1e-12));
    assertThat(at(x -> ActivationOps.selu(ops, x), -1))
        .isCloseTo(-1.1113307378125625, within(1e-12));
    assertThat(at(x -> ActivationOps.gelu(ops, x), 1)).isCloseTo(0.8413447460685429, within(1e-12));
    assertThat(at(x -> ActivationOps.geluTanh(ops, x), 1))
        .isCloseTo(0.8411919906082768, within(1e-12));
    assertThat(at(x -> ActivationOps.swish(ops, x), 1))
        .isCloseTo(1 / (1 + Math.exp(-1)), within(1e-12));
    assertThat(at(x -> ActivationOps.softplus(ops, x), -3))
        .isCloseTo(Math.log1p(Math.exp(-3)), within(1e-12));
    assertThat(at(x -> ActivationOps.leakyRelu(ops, x, 0.2), -3)).isCloseTo(-0.6, within(1e-12));
    assertThat(at(x -> ops.clip(x, -1, 2), 5)).isEqualTo(2);
    assertThat(at(x -> ActivationOps.prelu(ops, x, doubles(new double[] {0.1}, 1)), -4))
        .isCloseTo(-0.4, within(1e-12));
  }

  @Test
  void lossesAndActivations_ofLargeNumbers_doNotOverflow() {
    for (DataType dtype : List.of(DataType.FLOAT, DataType.DOUBLE)) {
      Value x = ops.cast(doubles(new double[] {-1000, 1000}, 1, 2), dtype);
      Value zeros = ops.fill(0, x.spec());
      assertClose(run(ActivationOps.softplus(ops, x)), 0, 1000);
      assertClose(run(LossOps.sigmoidCrossEntropy(ops, x, zeros)), 0, 1000);
      assertClose(run(ActivationOps.sigmoid(ops, x)), 0, 1);
      assertClose(run(ActivationOps.logSoftmax(ops, x)), -2000, 0);
      assertClose(run(ActivationOps.elu(ops, x, 1)), -1, 1000);
      assertClose(run(ActivationOps.swish(ops, x)), 0, 1000);
    }
  }

  @Test
  void softmax_ofNumbersFarFromZero_isThatOfTheirDistances() {
    double one = 1 / (1 + Math.exp(-1));
    for (DataType dtype : List.of(DataType.FLOAT, DataType.DOUBLE)) {
      for (double far : new double[] {-800, -10_000, -1e6, 10_000}) {
        Value x = ops.cast(doubles(new double[] {far, far - 1, far + 1, far}, 2, 2), dtype);
        assertThat(run(ActivationOps.softmax(ops, x)))
            .containsExactly(new double[] {one, 1 - one, one, 1 - one}, within(1e-6));
      }
    }
  }

  @Test
  void sigmoidCrossEntropy_isThatOfTheProbability() {
    double p = 1 / (1 + Math.exp(-0.7));
    Value loss =
        LossOps.sigmoidCrossEntropy(
            ops, doubles(new double[] {0.7}, 1), doubles(new double[] {0.3}, 1));

    assertClose(run(loss), -0.3 * Math.log(p) - 0.7 * Math.log(1 - p));
  }

  @Test
  void softmaxCrossEntropy_isThatOfTheProbabilities() {
    double sum = Math.exp(1) + Math.exp(2) + Math.exp(3);
    Value logits = doubles(new double[] {1, 2, 3}, 1, 3);
    Value targets = doubles(new double[] {0.2, 0.3, 0.5}, 1, 3);

    assertClose(
        run(LossOps.softmaxCrossEntropy(ops, logits, targets)),
        Math.log(sum) - 0.2 * 1 - 0.3 * 2 - 0.5 * 3);
  }

  @Test
  void batchNorm_normalizesEachChannel() {
    Value x = doubles(new double[] {1, 10, 2, 10, 3, 10, 6, 10}, 2, 1, 2, 2);
    Value gamma = doubles(new double[] {2, 3}, 2);
    Value beta = doubles(new double[] {-1, 5}, 2);

    Normalized all = NormOps.batchNorm(ops, x, gamma, beta, 0.5);

    double factor = 2 / Math.sqrt(3.5 + 0.5);
    assertClose(run(all.mean()), 3, 10);
    assertClose(run(all.variance()), 3.5, 0);
    assertClose(run(all.y()), -2 * factor - 1, 5, -factor - 1, 5, -1, 5, 3 * factor - 1, 5);
  }

  @Test
  void layerNorm_normalizesEachRow() {
    Value x = doubles(new double[] {1, 3, 5, 5}, 2, 2);
    Value gamma = doubles(new double[] {2, 4}, 2);
    Value beta = doubles(new double[] {0, 1}, 2);

    double factor = 1 / Math.sqrt(1 + 0.25);
    assertClose(
        run(NormOps.layerNorm(ops, x, gamma, beta, 0.25)), -2 * factor, 4 * factor + 1, 0, 1);
  }

  @Test
  void adam_isTheFormulaOfItsPaper() {
    double g = -0.4;
    double m = 0.9 * 0.2 + 0.1 * g;
    double v = 0.99 * 0.3 + 0.01 * g * g;
    List<Value> next =
        UpdateOps.adam(
            ops,
            new AdamUpdate(0.9, 0.99, 1e-3),
            doubles(new double[] {1}, 1),
            doubles(new double[] {g}, 1),
            doubles(new double[] {0.2}, 1),
            doubles(new double[] {0.3}, 1),
            ops.scalar(0.05, DataType.DOUBLE));

    List<double[]> values = run(next);
    assertClose(values.get(0), 1 - 0.05 * m / (Math.sqrt(v) + 1e-3));
    assertClose(values.get(1), m);
    assertClose(values.get(2), v);
  }

  @Test
  void tables_areReadAndSummed() {
    Value table = doubles(new double[] {1, 2, 3, 4, 5, 6}, 3, 2);
    Value indices = ints(2, 0, 2);

    assertClose(run(ArrayOps.gather(ops, table, indices)), 5, 6, 1, 2, 5, 6);
    assertClose(
        run(ArrayOps.segmentSum(ops, ArrayOps.gather(ops, table, indices), indices, 4)),
        1,
        2,
        0,
        0,
        10,
        12,
        0,
        0);
    Value one = doubles(new double[] {7, 8}, 1, 2);
    assertClose(run(ArrayOps.segmentSum(ops, one, ints(1), 3)), 0, 0, 7, 8, 0, 0);
    assertClose(run(ArrayOps.oneHot(ops, indices, 3, DataType.DOUBLE)), 0, 0, 1, 1, 0, 0, 0, 0, 1);
    assertClose(run(ArrayOps.argMax(ops, doubles(new double[] {1, 7, 7, 9, 2, 3}, 2, 3))), 1, 0);
  }

  @Test
  void maxPool2d_ofEqualNumbers_givesTheGradientToTheFirst() {
    PoolWindow window = PoolWindow.valid(2, 2, 1, 1);
    Value x = ops.fill(3, new TensorSpec(Shape.of(1, 3, 3, 1), DataType.DOUBLE));
    Value g = doubles(new double[] {1, 2, 3, 4}, 1, 2, 2, 1);
    Value counted = doubles(new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, 1, 3, 3, 1);

    assertClose(run(ops.one(new MaxPool2DGradient(window), x, g)), 1, 2, 0, 3, 4, 0, 0, 0, 0);
    assertClose(run(ops.one(new MaxPool2DSelect(window), x, counted)), 1, 2, 4, 5);
  }

  @Test
  void blockSum2d_isTheAdjointOfUpSample2d() {
    INDArray x = SampleArrays.normal(1, 2, 3, 2, 2);
    INDArray y = SampleArrays.normal(2, 2, 6, 6, 2);
    Value up = ImageOps.upSample2d(ops, ops.constant(x), 2, 3);
    Value down = ops.one(new BlockSum2D(2, 3), ops.constant(y));

    double forward = run(ops.sum(ops.multiply(up, ops.constant(y))))[0];
    double back = run(ops.sum(ops.multiply(down, ops.constant(x))))[0];
    assertThat(back).isCloseTo(forward, within(1e-12));
  }
}
