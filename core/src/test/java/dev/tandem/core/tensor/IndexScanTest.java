package dev.tandem.core.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Looks for numbers that are no indices. */
class IndexScanTest {

  private static long look(INDArray array, long limit) {
    return new IndexScan(array, limit).firstOutside();
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"INT", "LONG", "SHORT", "BYTE", "UBYTE", "FLOAT", "DOUBLE", "HALF"})
  void firstOutside_inEveryTypeAndOrder_countsInCOrder(DataType dtype) {
    INDArray array =
        Nd4j.createFromArray(new int[][] {{0, 1, 2}, {3, 9, 5}, {6, 7, 8}}).castTo(dtype);
    assertThat(look(array, 10)).isEqualTo(-1);
    assertThat(look(array, 9)).isEqualTo(4);
    assertThat(look(array.dup('f'), 9)).isEqualTo(4);
    assertThat(look(array.transpose(), 6)).isEqualTo(2);
    assertThat(look(array.get(NDArrayIndex.interval(1, 3), NDArrayIndex.all()), 9)).isEqualTo(1);
    assertThat(look(array.get(NDArrayIndex.all(), NDArrayIndex.interval(0, 1)), 6)).isEqualTo(2);
    assertThat(look(array.get(NDArrayIndex.interval(2, 3), NDArrayIndex.all()), 9)).isEqualTo(-1);
  }

  @Test
  void firstOutside_atTheEndsOfTheTypes_isFound() {
    assertThat(look(Nd4j.createFromArray(0, Integer.MAX_VALUE), 1L << 31)).isEqualTo(-1);
    assertThat(look(Nd4j.createFromArray(0, Integer.MIN_VALUE), 1L << 40)).isEqualTo(1);
    assertThat(look(Nd4j.createFromArray(0, Long.MAX_VALUE), Long.MAX_VALUE)).isEqualTo(1);
    assertThat(look(Nd4j.createFromArray(0, Long.MIN_VALUE), Long.MAX_VALUE)).isEqualTo(1);
    assertThat(look(Nd4j.createFromArray(0f, -0.5f, 2.9f), 3)).isEqualTo(-1);
    assertThat(look(Nd4j.createFromArray(0f, Float.NaN), 3)).isEqualTo(1);
    assertThat(look(Nd4j.createFromArray(0d, Double.POSITIVE_INFINITY), 3)).isEqualTo(1);
    assertThat(look(Nd4j.createFromArray(0d, -1d), 3)).isEqualTo(1);
    assertThat(look(Nd4j.scalar(3), 3)).isZero();
    assertThat(look(Nd4j.empty(DataType.INT32), 3)).isEqualTo(-1);
  }

  @Test
  void firstOutside_again_looksAtTheNumbersOfNow() {
    for (INDArray array :
        new INDArray[] {Nd4j.createFromArray(0, 1), Nd4j.zeros(DataType.INT8, 2)}) {
      IndexScan scan = new IndexScan(array, 2);
      assertThat(scan.firstOutside()).isEqualTo(-1);
      array.putScalar(1, 2);
      assertThat(scan.firstOutside()).isEqualTo(1);
    }
  }
}
