package dev.tandem.gan.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.data.BatchIterator;
import dev.tandem.core.data.BatchPosition;
import dev.tandem.core.data.Batching;
import dev.tandem.core.data.RowSource;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Images that are changed by chance when they are read. */
class RowAugmentationTest {

  private static final int PICTURES = 40;

  @TempDir private Path folder;

  /** Pictures whose columns are 0, 10, 20 and 30, plus their number. */
  @BeforeEach
  void writePictures() throws IOException {
    for (int i = 0; i < PICTURES; i++) {
      BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_GRAY);
      for (int j = 0; j < 16; j++) {
        image.getRaster().setSample(j % 4, j / 4, 0, 10 * (j % 4) + i);
      }
      Files.write(folder.resolve((10 + i) + ".png"), Pngs.of(image));
    }
  }

  private RowSource images(RowAugmentation augmentation) {
    return augmentation.on(
        ImageFiles.in(folder).cachedIn(folder.resolve(".cache")).open(), ImageSet.SAMPLES);
  }

  private static List<INDArray> batches(RowSource source, BatchPosition from, int count) {
    List<INDArray> read = new ArrayList<>();
    try (BatchIterator batches = source.endlessBatches(Batching.of(10).shuffled(5), from)) {
      for (int i = 0; i < count; i++) {
        read.add(batches.next().input(ImageSet.SAMPLES).dup());
      }
    }
    return read;
  }

  private static int level(INDArray images, int row, int y, int x) {
    return Math.round((images.getFloat(row, y, x, 0) + 1) * 127.5f);
  }

  @Test
  void mirror_turnsHalfOfTheImages_andOthersInTheNextEpoch() {
    List<INDArray> plain = batches(images(RowAugmentation.none()), BatchPosition.START, 8);
    List<INDArray> changed =
        batches(images(RowAugmentation.none().mirror()), BatchPosition.START, 8);
    List<Integer> first = new ArrayList<>();
    List<Integer> second = new ArrayList<>();

    for (int i = 0; i < 8; i++) {
      for (int row = 0; row < 10; row++) {
        int left = level(plain.get(i), row, 1, 0);
        boolean isMirrored = level(changed.get(i), row, 1, 0) != left;
        for (int x = 0; x < 4; x++) {
          assertThat(level(changed.get(i), row, 2, x))
              .isEqualTo(left + 10 * (isMirrored ? 3 - x : x));
        }
        if (isMirrored) {
          (i < 4 ? first : second).add(left);
        }
      }
    }
    assertThat(first).hasSizeBetween(10, 30);
    assertThat(second).hasSizeBetween(10, 30);
    assertThat(first).doesNotContainSequence(second);
  }

  @Test
  void changes_fromTheMiddleOrByThreads_areTheSame() {
    RowAugmentation all = RowAugmentation.none().mirror().crop(0.3).shift(2).turn(30).color(0.3);
    List<INDArray> whole = batches(images(all), BatchPosition.START, 8);

    List<INDArray> rest = batches(images(all).withWorkers(3), new BatchPosition(1, 1), 3);

    assertThat(rest).isEqualTo(whole.subList(5, 8));
  }

  @Test
  void shift_movesByWholePixels_andRepeatsTheBorder() {
    ArrayLayout layout = new ArrayLayout(new ImageSize(2, 3), 1, false);
    byte[] image = Pngs.bytes(1, 2, 3, 4, 5, 6);

    assertThat(new ImageChange(false, 1, 0, 0, 0, 1, 0, 0, 1, 1).apply(image, layout))
        .containsExactly(1, 1, 2, 4, 4, 5);
    assertThat(new ImageChange(false, 1, 0, 0, -1, 0, 0, 0, 1, 1).apply(image, layout))
        .containsExactly(4, 5, 6, 4, 5, 6);
    assertThat(new ImageChange(true, 1, 0, 0, 0, 0, 0, 0, 1, 1).apply(image, layout))
        .containsExactly(3, 2, 1, 6, 5, 4);
  }

  @Test
  void crop_makesAWindowTheImage() {
    ArrayLayout layout = new ArrayLayout(new ImageSize(1, 5), 1, false);
    byte[] image = Pngs.bytes(0, 10, 20, 30, 40);

    assertThat(new ImageChange(false, .5, 0, 0, 0, 0, 0, 0, 1, 1).apply(image, layout))
        .containsExactly(0, 5, 10, 15, 20);
    assertThat(new ImageChange(false, .5, 0, 1, 0, 0, 0, 0, 1, 1).apply(image, layout))
        .containsExactly(20, 25, 30, 35, 40);
    assertThat(new ImageChange(true, .5, 0, 1, 0, 0, 0, 0, 1, 1).apply(image, layout))
        .containsExactly(20, 15, 10, 5, 0);
  }

  @Test
  void crop_takesWindowsOfAllSizesUpToTheMost() {
    List<INDArray> changed =
        batches(images(RowAugmentation.none().crop(0.5)), BatchPosition.START, 4);
    List<Integer> spans = new ArrayList<>();
    for (INDArray images : changed) {
      for (int row = 0; row < 10; row++) {
        spans.add(level(images, row, 0, 3) - level(images, row, 0, 0));
      }
    }

    assertThat(spans).allMatch(span -> span >= 14 && span <= 30).anyMatch(span -> span < 20);
    assertThat(spans).anyMatch(span -> span > 25);
  }

  @Test
  void turn_byAQuarter_swapsAxes() {
    ArrayLayout layout = new ArrayLayout(ImageSize.square(2), 1, false);

    assertThat(
            new ImageChange(false, 1, 0, 0, 0, 0, Math.PI / 2, 0, 1, 1)
                .apply(Pngs.bytes(1, 2, 3, 4), layout))
        .isIn(Pngs.bytes(3, 1, 4, 2), Pngs.bytes(2, 4, 1, 3));
  }

  @Test
  void color_changesLevels_withinTheirRange() {
    ArrayLayout layout = new ArrayLayout(ImageSize.square(1), 3, false);

    assertThat(
            new ImageChange(false, 1, 0, 0, 0, 0, 0, 20, 1, 1)
                .apply(Pngs.bytes(10, 100, 250), layout))
        .isEqualTo(Pngs.bytes(30, 120, 255));
    assertThat(
            new ImageChange(false, 1, 0, 0, 0, 0, 0, 0, 1, 0)
                .apply(Pngs.bytes(10, 100, 250), layout))
        .isEqualTo(Pngs.bytes(120, 120, 120));
    assertThat(
            new ImageChange(false, 1, 0, 0, 0, 0, 0, 0, 2, 1)
                .apply(Pngs.bytes(10, 128, 250), layout))
        .isEqualTo(Pngs.bytes(0, 129, 255));
  }

  @Test
  void numbersOutOfRange_andOtherColumns_areRefused() {
    assertThatThrownBy(() -> RowAugmentation.none().turn(181))
        .hasMessageContaining("angle of images is not in [0, 180.0]: 181.0");
    assertThatThrownBy(() -> RowAugmentation.none().color(Double.NaN))
        .hasMessageContaining("change of brightness is not in [0, 1.0]: NaN");
    assertThatThrownBy(() -> RowAugmentation.none().shift(-1)).hasMessageContaining("below 0: -1");
    assertThatThrownBy(
            () -> RowAugmentation.none().on(ImageFiles.in(folder).cachedIn(folder).open(), "image"))
        .hasMessageContaining("\"image\" is none of " + folder);
  }
}
