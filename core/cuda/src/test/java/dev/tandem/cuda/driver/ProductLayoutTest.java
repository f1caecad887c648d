package dev.tandem.cuda.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.op.Precision;
import dev.tandem.cuda.device.Command;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;

class ProductLayoutTest {

  private static final int ROWS = 3;
  private static final int INNER = 5;
  private static final int COLUMNS = 4;
  private static final int BATCH = 2;

  /** Computes by columns, as cuBLASLt does, and compares with the definition in 'c' order. */
  @ParameterizedTest
  @CsvSource({"false,false", "false,true", "true,false", "true,true"})
  void product_byColumns_isTheProductInOurOrder(boolean transposeA, boolean transposeB) {
    double[] a = numbers(BATCH * ROWS * INNER, 1);
    double[] b = numbers(BATCH * INNER * COLUMNS, 2);
    double[] out = new double[BATCH * ROWS * COLUMNS];

    multiply(ProductLayout.of(product(transposeA, transposeB)), b, a, out);

    for (int n = 0; n < BATCH; n++) {
      for (int r = 0; r < ROWS; r++) {
        for (int c = 0; c < COLUMNS; c++) {
          double sum = 0;
          for (int i = 0; i < INNER; i++) {
            double left = a[n * ROWS * INNER + (transposeA ? i * ROWS + r : r * INNER + i)];
            double right = b[n * INNER * COLUMNS + (transposeB ? c * INNER + i : i * COLUMNS + c)];
            sum += left * right;
          }
          assertThat(out[(n * ROWS + r) * COLUMNS + c]).isCloseTo(sum, within(1e-12));
        }
      }
    }
  }

  /** What cuBLASLt does with a layout: out = op(first) op(second), all by columns. */
  private static void multiply(
      ProductLayout layout, double[] first, double[] second, double[] out) {
    long inner = layout.transposeFirst() ? layout.first().rows() : layout.first().columns();
    for (int n = 0; n < layout.batch(); n++) {
      for (int r = 0; r < layout.out().rows(); r++) {
        for (int c = 0; c < layout.out().columns(); c++) {
          double sum = 0;
          for (int i = 0; i < inner; i++) {
            sum +=
                first[at(layout.first(), n, layout.transposeFirst(), r, i)]
                    * second[at(layout.second(), n, layout.transposeSecond(), i, c)];
          }
          out[at(layout.out(), n, false, r, c)] = sum;
        }
      }
    }
  }

  private static int at(
      ProductLayout.Matrix matrix, int batch, boolean transposed, int row, int column) {
    int r = transposed ? column : row;
    int c = transposed ? row : column;
    assertThat((long) r).isLessThan(matrix.rows());
    assertThat((long) c).isLessThan(matrix.columns());
    return (int) (batch * matrix.stride() + c * matrix.leading() + r);
  }

  private static Command.Product product(boolean transposeA, boolean transposeB) {
    return new Command.Product(
        DataType.DOUBLE,
        Precision.FLOAT32,
        BATCH,
        ROWS,
        INNER,
        COLUMNS,
        transposeA,
        transposeB,
        256,
        512,
        0,
        false,
        0,
        1024);
  }

  private static double[] numbers(int count, int seed) {
    return new Random(seed).doubles(count).toArray();
  }

  @ParameterizedTest
  @CsvSource({"256,0,256", "512,0,256", "260,0,4", "256,24,8", "264,0,8"})
  void alignment_ofAddressAndStride_dividesBoth(long address, long stride, int expected) {
    assertThat(At.alignment(address, stride)).isEqualTo(expected);
  }
}
