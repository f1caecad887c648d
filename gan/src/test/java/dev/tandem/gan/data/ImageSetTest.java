package dev.tandem.gan.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.data.Batch;
import dev.tandem.core.data.BatchIterator;
import dev.tandem.core.data.BatchPosition;
import dev.tandem.core.data.Batching;
import dev.tandem.core.data.PixelRange;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Batches of pictures. */
class ImageSetTest {

  @TempDir private Path folder;

  @BeforeEach
  void writePictures() throws IOException {
    for (int i = 0; i < 12; i++) {
      BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB);
      for (int j = 0; j < 16; j++) {
        image.setRGB(j % 4, j / 4, 0x010101 * (10 * i));
      }
      Path file = folder.resolve(i < 4 ? "few" : "many").resolve((char) ('a' + i) + ".png");
      Files.createDirectories(file.getParent());
      Files.write(file, Pngs.of(image));
    }
  }

  private ImageSet open() {
    return ImageFiles.in(folder).cachedIn(folder.resolve(".cache")).open();
  }

  @Test
  void batch_hasScaledSamples_andLabels() {
    try (BatchIterator batches = open().batches(Batching.of(5).shuffled(3), 1)) {
      Batch batch = batches.next();
      INDArray samples = batch.input(ImageSet.SAMPLES);
      INDArray labels = batch.target(ImageSet.LABELS);

      assertThat(samples.shape()).containsExactly(5, 4, 4, 1);
      assertThat(samples.dataType()).isEqualTo(DataType.FLOAT);
      assertThat(labels.dataType()).isEqualTo(DataType.INT32);
      for (int i = 0; i < 5; i++) {
        int level = Math.round((samples.getFloat(i, 3, 2, 0) + 1) * 127.5f);
        assertThat(samples.getFloat(i, 3, 2, 0)).isEqualTo(PixelRange.MINUS_ONE_TO_ONE.of(level));
        assertThat(level % 10).isZero();
        assertThat(labels.getInt(i)).isEqualTo(level / 10 < 4 ? 0 : 1);
      }
    }
  }

  @Test
  void batches_fromThreadsAndFromTheMiddle_areTheSame() {
    Batching batching = Batching.of(5).shuffled(3).droppingRemainder();
    BatchPosition middle = new BatchPosition(2, 1);
    try (BatchIterator one = open().endlessBatches(batching, BatchPosition.START);
        BatchIterator other = open().withWorkers(3).endlessBatches(batching, middle).prefetched()) {
      while (!one.position().equals(middle)) {
        one.next();
      }
      for (int i = 0; i < 7; i++) {
        assertThat(other.next().input(ImageSet.SAMPLES))
            .isEqualTo(one.next().input(ImageSet.SAMPLES));
      }
    }
  }

  @Test
  void images_outsideOfTheSet_areRefused() {
    assertThatThrownBy(() -> open().images(11, 13, PixelRange.ZERO_TO_ONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("images [11, 13) are no part of at least one of [0, 12) of ");
    assertThat(open().place(4)).isEqualTo("many/e.png");
  }
}
