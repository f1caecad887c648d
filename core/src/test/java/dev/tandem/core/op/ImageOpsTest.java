package dev.tandem.core.op;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.engine.BothEngines;
import dev.tandem.core.op.image.AvgPool2D;
import dev.tandem.core.op.image.Conv2DOp;
import dev.tandem.core.op.image.ConvGeometry;
import dev.tandem.core.op.image.DepthwiseConv2DOp;
import dev.tandem.core.op.image.MaxPool2D;
import dev.tandem.core.op.image.PoolWindow;
import dev.tandem.core.op.image.UpSample2D;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Holds ops on images against loops over windows, from which their definitions are read off. */
class ImageOpsTest {

  /** What one window contributes at one output pixel. */
  private interface Tap {
    /** At output (b, r, c), kernel place (i, j), image place (row, column) if inside. */
    void at(long b, long r, long c, int i, int j, long row, long column, boolean inside);
  }

  static Stream<OpSample> samples() {
    return ImageSamples.all().stream();
  }

  static Stream<OpSample> convolutions() {
    return samples().filter(sample -> op(sample) instanceof Conv2DOp);
  }

  static Stream<OpSample> depthwise() {
    return samples().filter(sample -> op(sample) instanceof DepthwiseConv2DOp);
  }

  static Stream<OpSample> maxPools() {
    return samples().filter(sample -> op(sample) instanceof MaxPool2D);
  }

  static Stream<OpSample> avgPools() {
    return samples().filter(sample -> op(sample) instanceof AvgPool2D);
  }

  static Stream<OpSample> upSamples() {
    return samples().filter(sample -> op(sample) instanceof UpSample2D);
  }

  private static Op op(OpSample sample) {
    return sample.op().apply(DataType.DOUBLE);
  }

  private static INDArray run(OpSample sample) {
    try (Program program = new BothEngines().prepare(sample.graph(DataType.DOUBLE))) {
      sample.feeds(DataType.DOUBLE).forEach(program::feed);
      program.run(0, 0);
      return program.output("out0").dup();
    }
  }

  private static void walk(
      INDArray x, INDArray out, ConvGeometry by, long height, long width, Tap tap) {
    for (long b = 0; b < out.size(0); b++) {
      for (long r = 0; r < out.size(1); r++) {
        for (long c = 0; c < out.size(2); c++) {
          for (int i = 0; i < height; i++) {
            for (int j = 0; j < width; j++) {
              long row = r * by.strideHeight() - by.top() + (long) i * by.dilationHeight();
              long column = c * by.strideWidth() - by.left() + (long) j * by.dilationWidth();
              boolean inside = row >= 0 && row < x.size(1) && column >= 0 && column < x.size(2);
              tap.at(b, r, c, i, j, row, column, inside);
            }
          }
        }
      }
    }
  }

  private static void add(INDArray array, double term, long... at) {
    array.putScalar(at, array.getDouble(at) + term);
  }

  @ParameterizedTest
  @MethodSource("convolutions")
  void conv2d_isTheSumOverTheWindow(OpSample sample) {
    INDArray x = sample.inputs().get(0);
    INDArray w = sample.inputs().get(1);
    INDArray actual = run(sample);
    INDArray expected = Nd4j.zeros(DataType.DOUBLE, actual.shape());
    walk(
        x,
        expected,
        ((Conv2DOp) op(sample)).geometry(),
        w.size(0),
        w.size(1),
        (b, r, c, i, j, row, column, inside) -> {
          for (long in = 0; inside && in < w.size(2); in++) {
            for (long out = 0; out < w.size(3); out++) {
              double term = x.getDouble(b, row, column, in) * w.getDouble(i, j, in, out);
              add(expected, term, b, r, c, out);
            }
          }
        });

    assertThat(actual.equalsWithEps(expected, 1e-10)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("depthwise")
  void depthwiseConv2d_isTheSumOverTheWindowOfOneChannel(OpSample sample) {
    INDArray x = sample.inputs().get(0);
    INDArray w = sample.inputs().get(1);
    INDArray actual = run(sample);
    INDArray expected = Nd4j.zeros(DataType.DOUBLE, actual.shape());
    walk(
        x,
        expected,
        ((DepthwiseConv2DOp) op(sample)).geometry(),
        w.size(0),
        w.size(1),
        (b, r, c, i, j, row, column, inside) -> {
          for (long in = 0; inside && in < w.size(2); in++) {
            for (long m = 0; m < w.size(3); m++) {
              double term = x.getDouble(b, row, column, in) * w.getDouble(i, j, in, m);
              add(expected, term, b, r, c, in * w.size(3) + m);
            }
          }
        });

    assertThat(actual.equalsWithEps(expected, 1e-10)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("maxPools")
  void maxPool2d_isTheLargestInsideTheImage(OpSample sample) {
    INDArray x = sample.inputs().get(0).sub(100);
    PoolWindow window = ((MaxPool2D) op(sample)).window();
    OpSample below = OpSample.of(op(sample), x);
    INDArray actual = run(below);
    INDArray expected = Nd4j.valueArrayOf(actual.shape(), -1e9, DataType.DOUBLE);
    walk(
        x,
        expected,
        window.geometry(),
        window.height(),
        window.width(),
        (b, r, c, i, j, row, column, inside) -> {
          for (long k = 0; inside && k < x.size(3); k++) {
            double largest =
                Math.max(expected.getDouble(b, r, c, k), x.getDouble(b, row, column, k));
            expected.putScalar(new long[] {b, r, c, k}, largest);
          }
        });

    assertThat(actual.equalsWithEps(expected, 1e-10)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("avgPools")
  void avgPool2d_isTheMeanWithOrWithoutPadding(OpSample sample) {
    INDArray x = sample.inputs().get(0);
    AvgPool2D op = (AvgPool2D) op(sample);
    INDArray actual = run(sample);
    INDArray sums = Nd4j.zeros(DataType.DOUBLE, actual.shape());
    INDArray counts = Nd4j.zeros(DataType.DOUBLE, actual.shape());
    walk(
        x,
        sums,
        op.window().geometry(),
        op.window().height(),
        op.window().width(),
        (b, r, c, i, j, row, column, inside) -> {
          for (long k = 0; k < x.size(3); k++) {
            add(counts, inside || op.countPadding() ? 1 : 0, b, r, c, k);
            add(sums, inside ? x.getDouble(b, row, column, k) : 0, b, r, c, k);
          }
        });

    assertThat(actual.equalsWithEps(sums.div(counts), 1e-10)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("upSamples")
  void upSample2d_repeatsPixels(OpSample sample) {
    INDArray x = sample.inputs().get(0);
    UpSample2D op = (UpSample2D) op(sample);
    INDArray actual = run(sample);

    for (long r = 0; r < actual.size(1); r++) {
      for (long c = 0; c < actual.size(2); c++) {
        for (long k = 0; k < actual.size(3); k++) {
          assertThat(actual.getDouble(0, r, c, k))
              .isEqualTo(x.getDouble(0, r / op.factorHeight(), c / op.factorWidth(), k));
        }
      }
    }
  }
}
