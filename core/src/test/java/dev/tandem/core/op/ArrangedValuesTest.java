package dev.tandem.core.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tandem.core.autodiff.Gradients;
import dev.tandem.core.engine.BothEngines;
import dev.tandem.core.op.array.ArrayOps;
import dev.tandem.core.op.array.SortIndices;
import dev.tandem.core.op.array.Sorted;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Order, selection, running sums and products by letters, against numbers worked out by hand. */
class ArrangedValuesTest {

  private static final double NAN = Double.NaN;

  private final Ops ops = new Ops();

  private Value doubles(double[] values, long... shape) {
    return ops.constant(Nd4j.create(values, shape, 'c'));
  }

  private Value counted(long... shape) {
    int length = (int) Shape.of(shape).length();
    double[] values = new double[length];
    for (int i = 0; i < length; i++) {
      values[i] = (i * 7 + 3) % 11 - 5;
    }
    return doubles(values, shape);
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

  @Test
  void reverse_turnsTheAxesItIsGiven() {
    Value x = doubles(new double[] {1, 2, 3, 4, 5, 6}, 2, 3);
    assertThat(run(ops.reverse(x, -1))).containsExactly(3, 2, 1, 6, 5, 4);
    assertThat(run(ops.reverse(x, 0, 1))).containsExactly(6, 5, 4, 3, 2, 1);
    assertThat(ops.reverse(ops.reshape(x, 1, 6), 0)).isSameAs(ops.reshape(x, 1, 6));
  }

  @Test
  void cumulativeSum_takesInWhatLiesBeforeOrBehind() {
    Value x = doubles(new double[] {1, 2, 3, 4, 5, 6}, 2, 3);
    assertThat(run(ops.cumulativeSum(x, 1))).containsExactly(1, 3, 6, 4, 9, 15);
    assertThat(run(ops.cumulativeSum(x, 0))).containsExactly(1, 2, 3, 5, 7, 9);
    assertThat(run(ops.cumulativeSum(x, -1, true, false))).containsExactly(0, 1, 3, 0, 4, 9);
    assertThat(run(ops.cumulativeSum(x, 1, true, true))).containsExactly(5, 3, 0, 11, 6, 0);
  }

  @Test
  void where_keepsOutWhatIsNotTaken_inItsGradientToo() {
    Value x = doubles(new double[] {4, -1, 0, 9}, 4);
    Value positive = ops.greater(x, ops.scalar(0, x.dtype()));
    Value root = ops.where(positive, ops.sqrt(x), ops.scalar(0, x.dtype()));
    assertThat(run(root)).containsExactly(2, 0, 0, 3);
    Value safe = ops.where(positive, x, ops.scalar(1, x.dtype()));
    Value sum = ops.sum(ops.where(positive, ops.sqrt(safe), ops.scalar(0, x.dtype())));
    assertThat(run(Gradients.of(ops, sum, List.of(x)).get(0))).containsExactly(.25, 0, 0, 1.0 / 6);
  }

  @Test
  void sort_isStableAndHasNanLast_andItsGradientGoesBackToTheirPlaces() {
    Value x = doubles(new double[] {3, NAN, -1, 3, -0.0, 0, 7, 7, 7, 1, 2, 0}, 2, 6);
    Sorted up = ArrayOps.sort(ops, x);
    assertThat(run(up.indices())).containsExactly(2, 4, 5, 0, 3, 1, 5, 3, 4, 0, 1, 2);
    assertThat(run(up.values())).containsExactly(-1, -0.0, 0, 3, 3, NAN, 0, 1, 2, 7, 7, 7);
    Sorted top = ArrayOps.topK(ops, x, 2);
    assertThat(run(top.indices())).containsExactly(1, 0, 0, 1);
    Value weighted = ops.sum(ops.multiply(top.values(), doubles(new double[] {2, 5}, 2)));
    assertThat(run(Gradients.of(ops, weighted, List.of(x)).get(0)))
        .containsExactly(5, 2, 0, 0, 0, 0, 2, 5, 0, 0, 0, 0);
    Value square = ops.sum(ops.square(top.values()));
    Value once = Gradients.of(ops, square, List.of(x)).get(0);
    Value twice = Gradients.of(ops, ops.sum(once), List.of(x)).get(0);
    assertThat(run(ops.slice(twice, 0, 1, 1))).containsExactly(2, 2, 0, 0, 0, 0);
  }

  @Test
  void sortIndices_inFloat32_isThatOfFloat64() {
    INDArray numbers = SampleArrays.normal(5, 3, 50);
    numbers.putScalar(7, Double.POSITIVE_INFINITY).putScalar(9, Double.NEGATIVE_INFINITY);
    numbers.putScalar(11, NAN).putScalar(30, NAN);
    for (boolean descending : new boolean[] {false, true}) {
      SortIndices order = new SortIndices(50, descending);
      Value whole = ops.constant(numbers.castTo(DataType.FLOAT).castTo(DataType.DOUBLE));
      Value half = ops.constant(numbers.castTo(DataType.FLOAT));
      assertThat(run(ops.one(order, half))).containsExactly(run(ops.one(order, whole)));
    }
  }

  @Test
  void matmul_ofAnyRank_broadcastsItsBatches() {
    Value a = counted(2, 1, 3, 4);
    Value b = counted(5, 4, 2);
    Value product = ops.matmul(a, b);
    assertThat(product.shape()).isEqualTo(Shape.of(2, 5, 3, 2));
    Value parts =
        ops.sum(
            ops.multiply(ops.reshape(a, 2, 1, 3, 4, 1), ops.reshape(b, 1, 5, 1, 4, 2)), false, 3);
    assertThat(run(product)).containsExactly(run(parts));
    Value turned = ops.matmul(ops.permute(a, 0, 1, 3, 2), ops.permute(b, 0, 2, 1), true, true);
    assertThat(run(turned)).containsExactly(run(parts));
    Value matrix = counted(4, 2);
    Value rows = ops.matmul(a, matrix);
    assertThat(rows.shape()).isEqualTo(Shape.of(2, 1, 3, 2));
    assertThat(run(rows)).containsExactly(run(ops.matmul(ops.reshape(a, 6, 4), matrix)));
    Value gradient = Gradients.of(ops, ops.sum(product), List.of(b)).get(0);
    assertThat(gradient.shape()).isEqualTo(b.shape());
    assertThat(run(gradient))
        .containsExactly(run(Gradients.of(ops, ops.sum(parts), List.of(b)).get(0)));
  }

  @Test
  void einsum_isWhatItsLettersSay() {
    Value a = counted(2, 3, 4);
    Value b = counted(2, 4, 5);
    assertThat(run(ArrayOps.einsum(ops, "bij,bjk->bik", a, b)))
        .containsExactly(run(ops.matmul(a, b)));
    assertThat(run(ArrayOps.einsum(ops, "bij,bjk->kib", a, b)))
        .containsExactly(run(ops.permute(ops.matmul(a, b), 2, 1, 0)));
    assertThat(run(ArrayOps.einsum(ops, "bij -> j", a)))
        .containsExactly(run(ops.sum(a, false, 0, 1)));
    Value m = counted(3, 3);
    assertThat(run(ArrayOps.einsum(ops, "ii->", m)))
        .containsExactly(run(m)[0] + run(m)[4] + run(m)[8]);
    assertThat(run(ArrayOps.einsum(ops, "ii->i", m)))
        .containsExactly(run(m)[0], run(m)[4], run(m)[8]);
    Value u = counted(3);
    Value v = counted(4);
    assertThat(run(ArrayOps.einsum(ops, "i,j->ij", u, v)))
        .containsExactly(run(ops.multiply(ops.reshape(u, 3, 1), v)));
    assertThat(run(ArrayOps.einsum(ops, "bij,i,j->b", a, u, v)))
        .containsExactly(
            run(ops.sum(ops.multiply(ops.multiply(a, ops.reshape(u, 3, 1)), v), false, 1, 2)));
    Value gradient =
        Gradients.of(ops, ops.sum(ArrayOps.einsum(ops, "bij,bjk->bik", a, b)), List.of(a)).get(0);
    assertThat(run(gradient))
        .containsExactly(run(Gradients.of(ops, ops.sum(ops.matmul(a, b)), List.of(a)).get(0)));
  }

  @Test
  void whatDoesNotFit_isRefusedByItsLettersAndSizes() {
    Value a = ops.feed("a", TensorSpec.of(2, 3, 4));
    Value b = ops.feed("b", TensorSpec.of(2, 5, 4));
    refused(
        () -> ArrayOps.einsum(ops, "bij,bjk->bik", a, b),
        "einsum \"bij,bjk->bik\": the letter 'j' is 4 and, at axis 1 of input 1, 5; axes of one"
            + " letter have one size");
    refused(
        () -> ArrayOps.einsum(ops, "bij->bk", a), "the letter 'k' of the result is in no input");
    refused(() -> ArrayOps.einsum(ops, "bij->bb", a), "stands twice in the result");
    refused(() -> ArrayOps.einsum(ops, "ij->i", a), "\"ij\" has 2 axes and input 0, float32");
    refused(() -> ArrayOps.einsum(ops, "bij,bkj->b", a), "names 2 inputs and got 1");
    refused(() -> ArrayOps.einsum(ops, "bij", a), "write inputs -> result");
    refused(() -> ArrayOps.einsum(ops, "b.j->b", a), "axes are letters a to z or A to Z");
    refused(() -> ops.matmul(a, b), "matmul of (2, 3, 4) and (2, 5, 4)");
    refused(
        () -> ops.matmul(a, ops.feed("c", TensorSpec.of(3, 4, 2))),
        "batches of shapes (2,) and (3,) do not broadcast");
    refused(() -> ArrayOps.topK(ops, a, 5), "the first 5 of rows of 4 in (2, 3, 4)");
    refused(
        () ->
            ArrayOps.takeAlong(ops, a, ops.feed("i", TensorSpec.of(2, 3).withType(DataType.INT32))),
        "the same axes but for the last one");
    refused(() -> ops.where(a, a, ops.cast(b, DataType.DOUBLE)), "select of different types");
  }

  private static void refused(Runnable draws, String message) {
    assertThatIllegalArgumentException().isThrownBy(draws::run).withMessageContaining(message);
  }
}
