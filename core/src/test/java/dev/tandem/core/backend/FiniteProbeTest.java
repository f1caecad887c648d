package dev.tandem.core.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** NaN and infinity are found wherever they stand, and nothing else is. */
class FiniteProbeTest {

  /** Views do not keep it alive. */
  private static final INDArray BIG = Nd4j.ones(DataType.FLOAT, 30, 1000);

  static Stream<INDArray> arrays() {
    return Stream.of(
        Nd4j.ones(DataType.FLOAT, 5),
        Nd4j.ones(DataType.FLOAT, 1),
        Nd4j.scalar(1f),
        Nd4j.ones(DataType.DOUBLE, 7, 9),
        Nd4j.ones(DataType.FLOAT, 9000),
        Nd4j.ones(DataType.FLOAT, 4, 5).dup('f'),
        BIG,
        BIG.get(NDArrayIndex.interval(3, 9)),
        BIG.get(NDArrayIndex.all(), NDArrayIndex.interval(3, 9)),
        Nd4j.ones(DataType.FLOAT, 4, 5).transpose());
  }

  @Test
  void anyElement_thatIsNoNumber_isFound() {
    arrays().forEach(FiniteProbeTest::assertFound);
  }

  private static void assertFound(INDArray array) {
    FiniteProbe probe = FiniteProbe.of(array);
    for (long i : new long[] {0, array.length() / 2, array.length() - 1}) {
      for (double bad :
          new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
        assertThat(probe.isFinite()).isTrue();
        long[] place = place(array, i);
        array.putScalar(place, bad);
        assertThat(probe.isFinite()).isFalse();
        assertThat(Double.isFinite(probe.squares())).isFalse();
        assertThat(probe.firstOther()).hasValue(i);
        array.putScalar(place, 1);
      }
    }
  }

  private static long[] place(INDArray array, long index) {
    long[] place = new long[array.rank()];
    long rest = index;
    for (int axis = place.length - 1; axis >= 0; axis--) {
      place[axis] = rest % array.size(axis);
      rest /= array.size(axis);
    }
    return place;
  }

  @Test
  void whatStandsBesideAView_isNotSeen() {
    INDArray array = Nd4j.ones(DataType.FLOAT, 30, 100);
    array.putScalar(0, 0, Float.NaN);
    assertThat(FiniteProbe.isFinite(array.get(NDArrayIndex.interval(1, 30)))).isTrue();
    assertThat(FiniteProbe.isFinite(array.get(NDArrayIndex.interval(0, 2)))).isFalse();
  }

  @Test
  void numbersWhoseSquaresOverflow_areFinite() {
    INDArray array = Nd4j.ones(DataType.FLOAT, 9000);
    array.assign(3e38);
    assertThat(FiniteProbe.isFinite(array)).isTrue();
    assertThat(FiniteProbe.of(array).firstOther()).isEmpty();
  }
}
