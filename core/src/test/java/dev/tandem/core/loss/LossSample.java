package dev.tandem.core.loss;

import java.util.List;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A loss with numbers to try it on, away from its kinks.
 *
 * @param prediction float64
 * @param target what it is compared with
 * @param expected the losses of the samples: Keras's formulas in float64 with NumPy; Keras 3.15.1
 *     itself, which averages in float32, agrees to 2e-7
 */
record LossSample(Loss loss, INDArray prediction, INDArray target, double... expected) {

  private static final INDArray SCORES = LossRun.of(new double[][] {{2, -1, .5}, {-.3, 1.2, 3}});
  private static final INDArray SHARES = LossRun.of(new double[][] {{.7, .2, .1}, {.3, .3, .4}});
  private static final INDArray SOFT = LossRun.of(new double[][] {{1, 0, 0}, {.2, .5, .3}});
  private static final INDArray SIGNS = LossRun.of(new double[][] {{1, -1, 1}, {-1, -1, 1}});
  private static final INDArray BITS = LossRun.of(new double[][] {{1, 0, 1}, {0, 0, 1}});
  private static final INDArray ROWS = LossRun.of(new double[][] {{1, 0, 0}, {0, 1, 0}});
  private static final INDArray NUMBERS = Nd4j.createFromArray(0, 2);
  private static final INDArray COUNTS = LossRun.of(new double[][] {{1, 0, 3}, {2, 0, 5}});

  /** Every loss with a target: a new one is one more line here. */
  static List<LossSample> all() {
    BinaryCrossentropy binary = Losses.binaryCrossentropy();
    CategoricalCrossentropy rows = Losses.categoricalCrossentropy();
    SparseCategoricalCrossentropy numbers = Losses.sparseCategoricalCrossentropy();
    BinaryFocalCrossentropy focal = Losses.binaryFocalCrossentropy();
    CategoricalFocalCrossentropy focalRows = Losses.categoricalFocalCrossentropy();
    CategoricalFocalCrossentropy sharpRows =
        focalRows.fromLogits().gamma(3).alpha(1).labelSmoothing(.3);
    SparseCategoricalFocalCrossentropy focalNumbers = Losses.sparseCategoricalFocalCrossentropy();
    return List.of(
        of(Losses.meanSquaredError(), SCORES, SOFT, .75, 2.676666667),
        of(Losses.meanAbsoluteError(), SCORES, SOFT, .833333333, 1.3),
        of(Losses.huber(), SCORES, SOFT.add(.01), .373366667, .8527),
        of(Losses.huber(.4), SCORES, SOFT, .253333333, .44),
        of(binary, SHARES, SOFT, .228393004, .646307849),
        of(binary.labelSmoothing(.2), SHARES, SOFT, .376086897, .668660007),
        of(binary.fromLogits(), SCORES, SOFT, .471422228, 1.208741688),
        of(binary.fromLogits().labelSmoothing(.2), SCORES, SOFT, .554755561, 1.174741688),
        of(rows, SHARES, SOFT, .356674944, 1.117668183),
        of(rows, SHARES.mul(3), SOFT, .356674944, 1.117668183),
        of(rows.labelSmoothing(.3), SHARES, SOFT, .676542256, 1.114791362),
        of(rows.fromLogits(), SCORES, SOFT, .241311297, 1.744138285),
        of(rows.fromLogits().labelSmoothing(.3), SCORES, SOFT, .691311297, 1.786138285),
        of(numbers, SHARES, NUMBERS, .356674944, .916290732),
        of(numbers.fromLogits(), SCORES, NUMBERS, .241311297, .184138285),
        of(Losses.hinge(), SCORES.add(.05), SIGNS, .166666667, 1),
        of(Losses.hinge(), SCORES.add(.05), BITS, .166666667, 1),
        of(Losses.squaredHinge(), SCORES.add(.05), SIGNS, .068333333, 1.875),
        of(Losses.categoricalHinge(), SCORES, ROWS, 0, 2.8),
        of(Losses.klDivergence(), SHARES, SOFT, .356672111, .088015169),
        of(Losses.poisson(), SHARES.mul(10), COUNTS, 2.684696512, .290434475),
        of(Losses.cosineSimilarity(), SCORES, SOFT, -.872871561, -.719874033),
        of(focal, SHARES, SOFT, .014026697, .134961473),
        of(focal.gamma(1.5).alpha(.25).labelSmoothing(.2), SHARES, SOFT, .02573474, .11675261),
        of(focal.fromLogits(), SCORES, SOFT, .13395774, .44657079),
        of(focal.fromLogits().gamma(.5), SCORES, SOFT, .324929231, .932700621),
        of(focal.gamma(0), SHARES, SOFT, .228393004, .646307849),
        of(focalRows, SHARES, SOFT, .008025186, .127980518),
        of(focalRows, SHARES.mul(3), SOFT, .008025186, .127980518),
        of(sharpRows, SCORES, SOFT, .38714328, 1.334717542),
        of(focalNumbers, SHARES, NUMBERS, .008025186, .082466166),
        of(focalNumbers.fromLogits(), SCORES, NUMBERS, .002773188, .001302054),
        of(Losses.logCosh(), SCORES, SOFT, .329225389, .786247989),
        of(Losses.contrastive(.35), SHARES, SOFT, .191666667, .038083333));
  }

  private static LossSample of(
      Loss loss, INDArray prediction, INDArray target, double... expected) {
    return new LossSample(loss, prediction, target, expected);
  }

  /** The same with a batch of 1 and the two samples as places in it, where the loss has places. */
  static Stream<LossSample> inPlaces() {
    return all().stream()
        .map(
            sample ->
                of(
                    sample.loss,
                    oneSample(sample.prediction),
                    oneSample(sample.target),
                    (sample.expected[0] + sample.expected[1]) / 2));
  }

  private static INDArray oneSample(INDArray array) {
    long[] shape = new long[array.rank() + 1];
    shape[0] = 1;
    System.arraycopy(array.shape(), 0, shape, 1, array.rank());
    return array.reshape('c', shape);
  }

  @Override
  public String toString() {
    return loss + " of " + prediction.toStringFull().replaceAll("\\s+", " ");
  }
}
