package dev.tandem.gan.objective.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Program;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.samediff.SameDiffEngine;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What augmentations leave of many images (6, 8, 2), each sampled by itself. */
class AugmentationsTest {

  private static final int COUNT = 60;
  private static final int ROWS = 6;
  private static final int COLUMNS = 8;

  private static INDArray images() {
    INDArray images = Nd4j.zeros(DataType.DOUBLE, COUNT, ROWS, COLUMNS, 2);
    CounterRandom.of(9).uniform(images);
    return images.addi(1);
  }

  private static INDArray apply(Augmentation augmentation, INDArray images) {
    Ops ops = new Ops();
    TensorSpec spec = new TensorSpec(Shape.of(images.shape()), DataType.DOUBLE);
    Value changed = augmentation.apply(ops, ops.feed("x", spec));
    assertThat(changed.spec()).isEqualTo(spec);
    try (Program program = new SameDiffEngine().prepare(ops.build(Map.of("y", changed)))) {
      program.feed("x", images);
      program.run(3, 1);
      return program.output("y").dup();
    }
  }

  @Test
  void brightness_addsOneNumberToEachImage() {
    INDArray before = images();
    INDArray difference = apply(Augmentations.brightness(), before).sub(before);
    Set<Double> seen = new HashSet<>();
    for (int i = 0; i < COUNT; i++) {
      INDArray one = difference.slice(i);
      assertThat(one.maxNumber().doubleValue() - one.minNumber().doubleValue()).isLessThan(1e-12);
      assertThat(one.meanNumber().doubleValue()).isBetween(-0.5, 0.5);
      seen.add(one.getDouble(0, 0, 0));
    }
    assertThat(seen).hasSize(COUNT);
  }

  @Test
  void contrast_keepsTheMeanOfEachImage() {
    INDArray before = images();
    INDArray after = apply(Augmentations.contrast(), before);
    for (int i = 0; i < COUNT; i++) {
      INDArray x = before.slice(i);
      INDArray y = after.slice(i);
      assertThat(y.meanNumber().doubleValue())
          .isCloseTo(x.meanNumber().doubleValue(), within(1e-12));
      double factor = y.stdNumber().doubleValue() / x.stdNumber().doubleValue();
      assertThat(factor).isBetween(0.5, 1.5);
    }
  }

  @Test
  void saturation_keepsTheMeanOfEachPixel() {
    INDArray before = images();
    INDArray after = apply(Augmentations.saturation(), before);

    assertThat(after.mean(3).sub(before.mean(3)).amaxNumber().doubleValue()).isLessThan(1e-12);
    assertThat(after.sub(before).amaxNumber().doubleValue()).isGreaterThan(0.1);
  }

  @Test
  void translation_movesEachImageByWholePixels() {
    INDArray before = images();
    INDArray after = apply(Augmentations.translation(0.25), before);
    Set<Integer> rows = new TreeSet<>();
    Set<Integer> columns = new TreeSet<>();
    for (int i = 0; i < COUNT; i++) {
      int[] moved = move(before.slice(i), after.slice(i));
      rows.add(moved[0]);
      columns.add(moved[1]);
    }
    assertThat(rows).containsExactly(-2, -1, 0, 1, 2);
    assertThat(columns).containsExactly(-2, -1, 0, 1, 2);
  }

  /** By how much an image was moved; no move explains any other change. */
  private static int[] move(INDArray before, INDArray after) {
    for (int down = -2; down <= 2; down++) {
      for (int right = -2; right <= 2; right++) {
        if (isMoved(before, after, down, right)) {
          return new int[] {down, right};
        }
      }
    }
    throw new AssertionError("not a translation: " + after);
  }

  private static boolean isMoved(INDArray before, INDArray after, int down, int right) {
    for (int row = 0; row < ROWS; row++) {
      for (int column = 0; column < COLUMNS; column++) {
        int r = row + down;
        int c = column + right;
        boolean inside = r >= 0 && r < ROWS && c >= 0 && c < COLUMNS;
        for (int channel = 0; channel < 2; channel++) {
          double expected = inside ? before.getDouble(r, c, channel) : 0;
          if (Math.abs(after.getDouble(row, column, channel) - expected) > 1e-12) {
            return false;
          }
        }
      }
    }
    return true;
  }

  @Test
  void cutout_zeroesARectangleOfEachImage() {
    INDArray before = images();
    INDArray after = apply(Augmentations.cutout(0.5), before);
    int whole = 0;
    for (int i = 0; i < COUNT; i++) {
      Set<Integer> rows = new TreeSet<>();
      Set<Integer> columns = new TreeSet<>();
      int zeros = 0;
      for (int row = 0; row < ROWS; row++) {
        for (int column = 0; column < COLUMNS; column++) {
          double value = after.getDouble(i, row, column, 1);
          if (value == 0) {
            rows.add(row);
            columns.add(column);
            zeros++;
          } else {
            assertThat(value).isEqualTo(before.getDouble(i, row, column, 1));
          }
        }
      }
      assertThat(zeros).isEqualTo(rows.size() * columns.size()).isPositive();
      assertThat(rows.size()).isLessThanOrEqualTo(3);
      assertThat(columns.size()).isLessThanOrEqualTo(4);
      whole += zeros == 12 ? 1 : 0;
    }
    assertThat(whole).isGreaterThan(COUNT / 5);
  }

  @Test
  void instanceNoise_hasItsDeviation() {
    INDArray before = images();
    INDArray noise = apply(Augmentations.instanceNoise(0.3), before).sub(before);

    assertThat(noise.stdNumber().doubleValue()).isCloseTo(0.3, within(0.02));
    assertThat(noise.meanNumber().doubleValue()).isCloseTo(0, within(0.02));
  }

  @Test
  void augmentation_ofWhatIsNoImage_isRefused() {
    INDArray points = Nd4j.zeros(DataType.DOUBLE, 3, 2);

    assertThatThrownBy(() -> apply(Augmentations.brightness(), points))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("changes images (batch, height, width, channels), got");
    assertThatThrownBy(() -> Augmentations.translation(1))
        .hasMessage("ratio of translation is not in (0, 1): 1.0");
    assertThatThrownBy(() -> Augmentations.instanceNoise(0))
        .hasMessage("deviation of noise is not above 0: 0.0");
  }
}
