package dev.tandem.gan.objective.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Program;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.optimizer.Schedules;
import dev.tandem.core.samediff.SameDiffEngine;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** ADA's pipeline, undone by brute force or measured over many images. */
class AdaAugmentationsTest {

  private static INDArray images(long count, long height, long width, long channels) {
    INDArray images = Nd4j.zeros(DataType.DOUBLE, count, height, width, channels);
    CounterRandom.of(9).uniform(images);
    return images.addi(1);
  }

  private static INDArray apply(Augmentation augmentation, double strength, INDArray images) {
    Ops ops = new Ops();
    TensorSpec spec = new TensorSpec(Shape.of(images.shape()), DataType.DOUBLE);
    Value p = ops.feed("p", DataType.DOUBLE);
    Value changed = augmentation.apply(ops, ops.feed("x", spec), p);
    assertThat(changed.spec()).isEqualTo(spec);
    try (Program program = new SameDiffEngine().prepare(ops.build(Map.of("y", changed)))) {
      program.feed("x", images);
      program.feed("p", strength);
      program.run(3, 1);
      return program.output("y").dup('c');
    }
  }

  @Test
  void everyPart_atStrength0_leavesEveryBit() {
    INDArray before = images(5, 8, 8, 3);
    for (Augmentation part : AdaAugmentations.standard()) {
      assertThat(apply(part, 0, before)).isEqualTo(before);
    }
    assertThat(apply(Augmentations.cutout(0.5), 0, before)).isEqualTo(before);
    assertThat(apply(Augmentations.instanceNoise(2), 0, before)).isEqualTo(before);
  }

  @Test
  void blits_ofSquares_areTurnsMirrorsAndMoves() {
    INDArray before = images(900, 8, 8, 2);
    INDArray after = apply(AdaAugmentations.blits(), 1, before);
    Set<String> ways = new TreeSet<>();
    for (int i = 0; i < 900; i++) {
      ways.add(way(before.slice(i), after.slice(i)));
    }
    // 8 symmetries of the square, and moves by -1, 0 and 1 along each axis
    assertThat(ways).hasSize(72);
  }

  @Test
  void blits_ofOtherImages_areHalfTurnsMirrorsAndMoves() {
    INDArray before = images(500, 6, 8, 1);
    INDArray after = apply(AdaAugmentations.blits(), 1, before);
    Set<String> ways = new TreeSet<>();
    for (int i = 0; i < 500; i++) {
      ways.add(way(before.slice(i), after.slice(i)));
    }
    assertThat(ways).hasSize(36).allMatch(way -> way.startsWith("straight"));
  }

  /** Which symmetry and move makes one image of the other. */
  private static String way(INDArray before, INDArray after) {
    int height = (int) before.size(0);
    int width = (int) before.size(1);
    for (boolean exchanged : height == width ? new boolean[] {false, true} : new boolean[1]) {
      for (int mirrors = 0; mirrors < 4; mirrors++) {
        for (int move = 0; move < 9; move++) {
          int down = move / 3 - 1;
          int right = move % 3 - 1;
          boolean all = true;
          for (int r = 0; r < height && all; r++) {
            for (int c = 0; c < width && all; c++) {
              int row = inside(mirrors % 2 == 1 ? height - 1 - r + down : r + down, height);
              int column = inside(mirrors / 2 == 1 ? width - 1 - c + right : c + right, width);
              double expected =
                  exchanged ? before.getDouble(column, row, 0) : before.getDouble(row, column, 0);
              all = after.getDouble(r, c, 0) == expected;
            }
          }
          if (all) {
            return (exchanged ? "exchanged " : "straight ") + mirrors + " " + move;
          }
        }
      }
    }
    throw new AssertionError("no turn, mirror or move: " + after);
  }

  private static int inside(int place, int count) {
    int fromStart = Math.abs(place);
    return count - 1 - Math.abs(count - 1 - fromStart);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.25, 0.75})
  void blits_atAProbability_leaveAsManyImagesAsTheyShould(double p) {
    int count = 2500;
    INDArray before = images(count, 8, 8, 1);
    INDArray after = apply(AdaAugmentations.blits(), p, before);
    int same = 0;
    for (int i = 0; i < count; i++) {
      same += after.slice(i).equals(before.slice(i)) ? 1 : 0;
    }
    // no mirror, no turn, no move; or a mirror and a turn that undo each other never do
    double expected = (1 - p / 2) * (1 - p * 3 / 4) * (1 - p * 8 / 9);
    assertThat((double) same / count).isCloseTo(expected, within(0.035));
  }

  @Test
  void geometry_ofARampThatIsNoSquare_hasTheSpreadOfThePaper() {
    int count = 1500;
    INDArray ofRows = apply(AdaAugmentations.geometry(), 1, ramp(count, 33, 35, true));
    INDArray ofColumns = apply(AdaAugmentations.geometry(), 1, ramp(count, 33, 35, false));
    double[] both = new double[count];
    double[] against = new double[count];
    double[] moves = new double[count];
    int taken = 0;
    for (int i = 0; i < count; i++) {
      double down = slope(ofRows.slice(i), true);
      double right = slope(ofColumns.slice(i), false);
      double at = ofRows.getDouble(i, 16, 17, 0) - 16;
      if (down > 0.2 && right > 0.2 && Math.abs(at) < 13) { // not where an edge is near
        both[taken] = -Math.log(down * right) / Math.log(2) / 2;
        against[taken] = -Math.log(down / right) / Math.log(2) / 2;
        moves[taken++] = at / down / 33;
      }
    }
    assertThat(taken).isGreaterThan(count * 95 / 100);
    assertThat(deviation(both, taken)).isCloseTo(0.2, within(0.02));
    assertThat(deviation(against, taken)).isCloseTo(0.2, within(0.02));
    assertThat(deviation(moves, taken)).isCloseTo(0.125, within(0.012));
  }

  @Test
  void geometry_ofSquares_scalesAndTurnsByAnyAngle() {
    List<Linear> seen = geometryOfSquares(1);

    assertThat(seen).hasSizeGreaterThan(300);
    double[] both = seen.stream().mapToDouble(m -> -Math.log(m.area()) / Math.log(2) / 2).toArray();
    assertThat(deviation(both, both.length)).isCloseTo(0.2, within(0.03));
    double squared =
        seen.stream().mapToDouble(m -> Math.pow(m.ratio() / 2, 2)).average().orElseThrow();
    assertThat(Math.sqrt(squared)).isCloseTo(0.2, within(0.03));
    for (int fold : new int[] {1, 2, 4}) { // 4: no quarter turns more than others
      assertThat(seen.stream().mapToDouble(m -> Math.cos(fold * m.angle())).average().orElseThrow())
          .isCloseTo(0, within(0.15));
      assertThat(seen.stream().mapToDouble(m -> Math.sin(fold * m.angle())).average().orElseThrow())
          .isCloseTo(0, within(0.15));
    }
  }

  @Test
  void geometry_atAProbability_turnsThatPartOfTheImages() {
    List<Linear> seen = geometryOfSquares(0.3);

    long turned = seen.stream().filter(m -> Math.abs(m.angle()) > 1e-9).count();

    assertThat((double) turned / seen.size()).isCloseTo(0.3, within(0.07));
  }

  /**
   * What geometry did near the middle of images, where no edge is near and none has mirrored it.
   */
  private static List<Linear> geometryOfSquares(double strength) {
    int count = 400;
    INDArray rows = apply(AdaAugmentations.geometry(), strength, ramp(count, 33, 33, true));
    INDArray columns = apply(AdaAugmentations.geometry(), strength, ramp(count, 33, 33, false));
    List<Linear> seen = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double row = rows.getDouble(i, 16, 16, 0) - 16;
      double column = columns.getDouble(i, 16, 16, 0) - 16;
      INDArray down = rows.slice(i);
      INDArray right = columns.slice(i);
      Linear near =
          new Linear(
              slope(down, true), slope(down, false), slope(right, true), slope(right, false));
      if (Math.hypot(row, column) < 11 && near.area() > 0) {
        seen.add(near);
      }
    }
    return seen;
  }

  /** A matrix (rr, rc; cr, cc) and what it does. */
  private record Linear(double rr, double rc, double cr, double cc) {

    double area() {
      return rr * cc - rc * cr;
    }

    /** The base-2 logarithm of the larger singular value over the smaller. */
    double ratio() {
      double squares = rr * rr + rc * rc + cr * cr + cc * cc;
      double larger =
          (squares + Math.sqrt(Math.max(0, squares * squares - 4 * area() * area()))) / 2;
      return Math.log(larger / area()) / Math.log(2);
    }

    double angle() {
      return Math.atan2(cr - rc, rr + cc);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "0, 1", "-1, 0", "0, -1"})
  void warp_byQuarterTurns_movesPixelsWithoutAChange(double cosine, double sine) {
    INDArray before = images(2, 5, 5, 2);
    Ops ops = new Ops();
    Value x = ops.feed("x", new TensorSpec(Shape.of(2, 5, 5, 2), DataType.DOUBLE));
    Value one = number(ops, 1);
    Turn turn = new Turn(number(ops, cosine), number(ops, sine));
    Turn none = new Turn(one, number(ops, 0));
    Value lines = Warp.fromMiddle(ops, x, 5);
    Value turned =
        Warp.of(ops, turn, one, one, none)
            .read(ops, x, ops.reshape(lines, 1, 5, 1), ops.reshape(lines, 1, 1, 5));
    try (Program program = new SameDiffEngine().prepare(ops.build(Map.of("y", turned)))) {
      program.feed("x", before);
      program.run(1, 1);
      INDArray after = program.output("y");
      for (int row = -2; row <= 2; row++) {
        for (int column = -2; column <= 2; column++) {
          int fromRow = (int) (cosine * row - sine * column);
          int fromColumn = (int) (sine * row + cosine * column);
          assertThat(after.getDouble(1, row + 2, column + 2, 0))
              .isEqualTo(before.getDouble(1, fromRow + 2, fromColumn + 2, 0));
        }
      }
    }
  }

  private static Value number(Ops ops, double value) {
    return ops.fill(value, new TensorSpec(Shape.of(2, 1, 1), DataType.DOUBLE));
  }

  private static INDArray ramp(int count, int height, int width, boolean down) {
    INDArray one = Nd4j.zeros(DataType.DOUBLE, height, width);
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        one.putScalar(row, column, down ? row : column);
      }
    }
    INDArray all = Nd4j.zeros(DataType.DOUBLE, count, height, width, 1);
    for (int i = 0; i < count; i++) {
      all.slice(i).assign(one.reshape(height, width, 1));
    }
    return all;
  }

  /** From the pixel in the middle to the one below, or to the right. */
  private static double slope(INDArray image, boolean down) {
    int row = (int) image.size(0) / 2;
    int column = (int) image.size(1) / 2;
    double next = down ? image.getDouble(row + 1, column, 0) : image.getDouble(row, column + 1, 0);
    return next - image.getDouble(row, column, 0);
  }

  @Test
  void color_ofGrayImages_isBrightnessAndContrast() {
    int count = 1500;
    INDArray before = images(count, 2, 2, 1);
    INDArray after = apply(AdaAugmentations.color(), 1, before);
    double[] contrast = new double[count];
    double[] brightness = new double[count];
    for (int i = 0; i < count; i++) {
      double x = before.getDouble(i, 0, 0, 0);
      double y = before.getDouble(i, 1, 1, 0);
      double factor = (after.getDouble(i, 1, 1, 0) - after.getDouble(i, 0, 0, 0)) / (y - x);
      contrast[i] = Math.log(factor) / Math.log(2);
      brightness[i] = after.getDouble(i, 0, 0, 0) / factor - x;
      assertThat(after.getDouble(i, 0, 1, 0))
          .isCloseTo((before.getDouble(i, 0, 1, 0) + brightness[i]) * factor, within(1e-6));
    }
    assertThat(deviation(contrast, count)).isCloseTo(0.5, within(0.04));
    assertThat(deviation(brightness, count)).isCloseTo(0.2, within(0.02));
  }

  @Test
  void color_ofThreeChannels_turnsThemAboutTheGrayAxis() {
    int count = 1500;
    INDArray before = images(count, 1, 2, 3);
    INDArray after = apply(AdaAugmentations.color(), 1, before);
    double[] saturation = new double[count];
    int turnedOver = 0;
    int behind = 0;
    for (int i = 0; i < count; i++) {
      double[][] x = pixels(before.slice(i));
      double[][] y = pixels(after.slice(i));
      double factor = (mean(y[1]) - mean(y[0])) / (mean(x[1]) - mean(x[0]));
      turnedOver += factor < 0 ? 1 : 0;
      double[] size = new double[2];
      double[] cosine = new double[2];
      for (int k = 0; k < 2; k++) {
        double inner = 0;
        double ofX = 0;
        double ofY = 0;
        for (int c = 0; c < 3; c++) {
          double a = x[k][c] - mean(x[k]);
          double b = y[k][c] - mean(y[k]);
          inner += a * b;
          ofX += a * a;
          ofY += b * b;
        }
        size[k] = Math.sqrt(ofY / ofX);
        cosine[k] = inner / Math.sqrt(ofX * ofY);
      }
      // one angle and one factor for the whole image
      assertThat(size[0]).isCloseTo(size[1], within(1e-6 * size[1]));
      assertThat(cosine[0]).isCloseTo(cosine[1], within(1e-6));
      behind += cosine[0] < 0 ? 1 : 0;
      saturation[i] = Math.log(size[0] / Math.abs(factor)) / Math.log(2);
    }
    assertThat(deviation(saturation, count)).isCloseTo(1, within(0.08));
    assertThat(turnedOver / (double) count).isCloseTo(0.5, within(0.05));
    assertThat(behind / (double) count).isCloseTo(0.5, within(0.05));
  }

  private static double[][] pixels(INDArray image) {
    double[][] pixels = new double[2][3];
    for (int k = 0; k < 2; k++) {
      for (int c = 0; c < 3; c++) {
        pixels[k][c] = image.getDouble(0, k, c);
      }
    }
    return pixels;
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /** The standard deviation of the first few. */
  private static double deviation(double[] values, int count) {
    double[] first = Arrays.copyOf(values, count);
    double mean = mean(first);
    double sum = 0;
    for (double value : first) {
      sum += (value - mean) * (value - mean);
    }
    return Math.sqrt(sum / count);
  }

  @Test
  void anyAugmentation_atAProbability_changesThatPartOfTheImages() {
    int count = 1000;
    INDArray before = images(count, 4, 4, 1);
    INDArray after = apply(Augmentations.brightness(), 0.3, before);
    int changed = 0;
    for (int i = 0; i < count; i++) {
      changed += after.slice(i).equals(before.slice(i)) ? 0 : 1;
    }
    assertThat(changed / (double) count).isCloseTo(0.3, within(0.05));
  }

  @Test
  void strengths_outOfRange_areRefused() {
    assertThatThrownBy(() -> Strength.adaptive().target(1)).hasMessageContaining("(-1, 1): 1.0");
    assertThatThrownBy(() -> Strength.adaptive().every(0)).hasMessageContaining("at least 1: 0");
    assertThatThrownBy(() -> Strength.adaptive().images(0)).hasMessageContaining("above 0: 0.0");
    assertThatThrownBy(() -> Strength.scheduled(Schedules.constant(1.5)))
        .hasMessageContaining("does not begin in [0, 1]: 1.5");
    assertThatThrownBy(() -> Augmentations.at(Strength.adaptive()))
        .hasMessageContaining("needs parts");
    VaryingAugmentation inner = Augmentations.at(Strength.adaptive(), AdaAugmentations.blits());
    assertThatThrownBy(() -> Augmentations.at(Strength.adaptive(), inner))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has a strength of its own");
    assertThat(inner.parts()).hasSize(1);
  }
}
