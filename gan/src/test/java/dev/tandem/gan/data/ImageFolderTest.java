package dev.tandem.gan.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.data.DataFileException;
import dev.tandem.core.data.PixelRange;
import dev.tandem.gan.image.ImageGrid;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

class ImageFolderTest {

  @TempDir private Path folder;

  private void write(String name, int type, int width, int height, int rgb) throws IOException {
    BufferedImage image = new BufferedImage(width, height, type);
    for (int x = 0; x < width; x++) {
      for (int y = 0; y < height; y++) {
        if (type == BufferedImage.TYPE_BYTE_GRAY) {
          image.getRaster().setSample(x, y, 0, rgb & 0xFF);
        } else {
          image.setRGB(x, y, rgb);
        }
      }
    }
    String format = name.endsWith("png") ? "png" : "jpg";
    assertThat(ImageIO.write(image, format, folder.resolve(name).toFile())).isTrue();
  }

  @Test
  void colors_areReadInTheOrderOfNames() throws IOException {
    write("b.png", BufferedImage.TYPE_INT_RGB, 3, 2, 0x00FF33);
    write("a.png", BufferedImage.TYPE_BYTE_GRAY, 3, 2, 0x66);
    Files.writeString(folder.resolve("notes.txt"), "left alone");

    ImageFolder images = ImageFolder.read(folder, PixelRange.ZERO_TO_ONE);

    assertThat(images.files()).extracting(Path::getFileName).asString().isEqualTo("[a.png, b.png]");
    assertThat(images.images().shape()).containsExactly(2, 2, 3, 3);
    assertThat(images.images().getFloat(0, 1, 2, 0)).isEqualTo(0x66 / 255f);
    assertThat(images.images().getFloat(1, 1, 2, 0)).isZero();
    assertThat(images.images().getFloat(1, 1, 2, 1)).isEqualTo(1);
    assertThat(images.images().getFloat(1, 1, 2, 2)).isEqualTo(0x33 / 255f);
    assertThat(images.dataset("image").size()).isEqualTo(2);
  }

  @Test
  void grayPictures_haveOneChannel_andKeepTheirLevels() throws IOException {
    write("a.png", BufferedImage.TYPE_BYTE_GRAY, 2, 2, 0);
    write("b.png", BufferedImage.TYPE_BYTE_GRAY, 2, 2, 100);
    write("c.png", BufferedImage.TYPE_INT_RGB, 2, 2, 0xFFFFFF);

    INDArray images = ImageFolder.read(folder, PixelRange.MINUS_ONE_TO_ONE).images();

    assertThat(images.shape()).containsExactly(3, 2, 2, 1);
    assertThat(images.getFloat(0, 0, 0, 0)).isEqualTo(-1);
    assertThat(images.getFloat(1, 1, 1, 0)).isEqualTo(PixelRange.MINUS_ONE_TO_ONE.of(100));
    assertThat(images.getFloat(2, 0, 1, 0)).isEqualTo(1);
  }

  @Test
  void pictures_thatAGridWrote_areReadBack() {
    INDArray image = Nd4j.linspace(DataType.FLOAT, -1, 2.0 / 255, 256).reshape(1, 16, 16, 1);
    ImageGrid.ofColumns(1).withPadding(0).writePng(image, folder.resolve("grid.png"));

    INDArray read = ImageFolder.read(folder, PixelRange.MINUS_ONE_TO_ONE).images();

    assertThat(Transforms.abs(read.sub(image)).maxNumber().doubleValue()).isLessThan(1e-6);
  }

  @Test
  void jpegs_areReadToo() throws IOException {
    write("a.jpg", BufferedImage.TYPE_INT_RGB, 16, 16, 0xFF0000);

    INDArray images = ImageFolder.read(folder, PixelRange.ZERO_TO_ONE).images();

    assertThat(images.getFloat(0, 8, 8, 0)).isGreaterThan(.9f);
    assertThat(images.getFloat(0, 8, 8, 1)).isLessThan(.1f);
  }

  @Test
  void folder_ofSeveralSizes_isRefusedWithTheNames() throws IOException {
    write("a.png", BufferedImage.TYPE_INT_RGB, 3, 2, 0);
    write("b.png", BufferedImage.TYPE_INT_RGB, 3, 2, 0);
    write("c.png", BufferedImage.TYPE_INT_RGB, 2, 3, 0);

    assertThatThrownBy(() -> ImageFolder.read(folder, PixelRange.ZERO_TO_ONE))
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining("a.png is 3×2, but 1 of 3 are not: c.png (2×3)");
  }

  @Test
  void folder_withoutPictures_isRefusedWithWhatItHolds() throws IOException {
    assertThatThrownBy(() -> ImageFolder.read(folder, PixelRange.ZERO_TO_ONE))
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining("nothing at all");

    Files.createDirectory(folder.resolve("train"));
    assertThatThrownBy(() -> ImageFolder.read(folder, PixelRange.ZERO_TO_ONE))
        .hasMessageContaining("but train;");
  }

  @Test
  void folder_thatIsNotThere_isRefused() {
    assertThatThrownBy(() -> ImageFolder.read(folder.resolve("none"), PixelRange.ZERO_TO_ONE))
        .hasMessageContaining("does not exist");
  }

  @Test
  void file_thatIsNoPicture_isNamed() throws IOException {
    Files.writeString(folder.resolve("fake.png"), "text");

    assertThatThrownBy(() -> ImageFolder.read(folder, PixelRange.ZERO_TO_ONE))
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining("fake.png: is no picture: it begins as no PNG, ");
  }
}
