package dev.tandem.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.data.Batch;
import dev.tandem.core.data.BatchIterator;
import dev.tandem.core.data.Batching;
import dev.tandem.core.data.PixelRange;
import dev.tandem.core.data.RowSource;
import dev.tandem.gan.data.ImageFiles;
import dev.tandem.gan.data.ImageResize;
import dev.tandem.gan.data.ImageSet;
import dev.tandem.gan.data.ImageSize;
import dev.tandem.gan.data.RowAugmentation;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What the page on own pictures shows. */
class OwnPicturesTest {

  @TempDir private Path photos;
  @TempDir private Path cache;

  @Test
  void folder_becomesBatches() throws IOException {
    for (int i = 0; i < 6; i++) {
      Path folder = Files.createDirectories(photos.resolve(i < 3 ? "cats" : "dogs"));
      BufferedImage image = new BufferedImage(30 + i, 20, BufferedImage.TYPE_INT_RGB);
      image.setRGB(0, 0, 0xFF0000);
      ImageIO.write(image, "png", folder.resolve(i + ".png").toFile());
    }
    // region open
    ImageSet images =
        ImageFiles.in(photos)
            .size(ImageSize.square(16))
            .resize(ImageResize.FIT)
            .cachedIn(cache)
            .open();
    // 6 pictures of 16×16 pixels in 3 channels, 2 classes: cats 3, dogs 3
    System.out.println(images);
    images.notes().forEach(System.out::println); // what was left out, and why
    INDArray first = images.images(0, 4, PixelRange.MINUS_ONE_TO_ONE); // (4, 16, 16, 3)
    // endregion
    assertThat(images)
        .hasToString("6 pictures of 16×16 pixels in 3 channels, 2 classes: cats 3, dogs 3");
    assertThat(first.shape()).containsExactly(4, 16, 16, 3);
    // region augment
    RowSource changed =
        RowAugmentation.none().mirror().crop(.1).shift(2).turn(5).on(images, ImageSet.SAMPLES);
    try (BatchIterator batches = changed.batches(Batching.of(3).shuffled(1), 0)) {
      Batch batch = batches.next();
      INDArray samples = batch.input("samples"); // float32 (3, 16, 16, 3) in [−1, 1]
      INDArray labels = batch.target("labels"); // int32 (3)
      // endregion
      assertThat(samples.shape()).containsExactly(3, 16, 16, 3);
      assertThat(labels.length()).isEqualTo(3);
    }
  }
}
