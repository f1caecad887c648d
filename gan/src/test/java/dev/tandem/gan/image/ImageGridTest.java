package dev.tandem.gan.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.data.DataFileException;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ImageGridTest {

  @TempDir Path folder;

  @Test
  void threeGrayImages_drawnInTwoColumns_lieRowByRow() {
    float[] values = {-1, -0.5f, 0, 0.5f, 1, -1};

    BufferedImage picture = new ImageGrid(2, 1, 1).draw(values, 1, 2, 1);

    assertThat(grays(picture))
        .isDeepEqualTo(
            new int[][] {
              {48, 48, 48, 48, 48, 48, 48},
              {48, 0, 64, 48, 128, 191, 48},
              {48, 48, 48, 48, 48, 48, 48},
              {48, 255, 0, 48, 48, 48, 48},
              {48, 48, 48, 48, 48, 48, 48},
            });
  }

  @Test
  void zoom_drawn_makesSquaresOfPixels() {
    float[] values = {-1, 1, 1, -1};

    BufferedImage picture = new ImageGrid(1, 0, 2).draw(values, 2, 2, 1);

    assertThat(grays(picture))
        .isDeepEqualTo(
            new int[][] {
              {0, 0, 255, 255}, {0, 0, 255, 255}, {255, 255, 0, 0}, {255, 255, 0, 0},
            });
  }

  @Test
  void colors_drawnWithZoom_keepTheirChannels() {
    float[] values = {1, -1, -1, -1, 0, 1};

    BufferedImage picture = ImageGrid.ofColumns(1).withPadding(1).withZoom(2).draw(values, 1, 2, 3);

    assertThat(picture.getWidth()).isEqualTo(6);
    assertThat(picture.getHeight()).isEqualTo(4);
    assertThat(picture.getRGB(0, 0) & 0xFFFFFF).isEqualTo(0x303030);
    assertThat(picture.getRGB(1, 1) & 0xFFFFFF).isEqualTo(0xFF0000);
    assertThat(picture.getRGB(2, 2) & 0xFFFFFF).isEqualTo(0xFF0000);
    assertThat(picture.getRGB(3, 1) & 0xFFFFFF).isEqualTo(0x0080FF);
  }

  @Test
  void valuesBeyondTheRange_drawn_areTakenForTheNearerEnd() {
    float[] values = {-7, 7, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, Float.NaN};

    BufferedImage picture = new ImageGrid(1, 0, 1).draw(values, 1, 5, 1);

    assertThat(grays(picture)).isDeepEqualTo(new int[][] {{0, 255, 0, 255, 0}});
  }

  @Test
  void everyLevel_drawn_isKept() {
    float[] values = new float[256];
    for (int level = 0; level < 256; level++) {
      values[level] = (float) (level / 127.5 - 1);
    }

    int[] row = grays(new ImageGrid(1, 0, 1).draw(values, 1, 256, 1))[0];

    for (int level = 0; level < 256; level++) {
      assertThat(row[level]).isEqualTo(level);
    }
  }

  @Test
  void array_drawn_isReadInItsOwnOrder() {
    INDArray images = Nd4j.createFromArray(-1.0, 0.0, 1.0, -0.5).reshape(1, 2, 2, 1);

    BufferedImage straight = new ImageGrid(1, 0, 1).draw(images);
    BufferedImage turned = new ImageGrid(1, 0, 1).draw(images.permute(0, 2, 1, 3));

    assertThat(grays(straight)).isDeepEqualTo(new int[][] {{0, 128}, {255, 64}});
    assertThat(grays(turned)).isDeepEqualTo(new int[][] {{0, 255}, {128, 64}});
  }

  @Test
  void png_readBack_holdsThePixels() throws IOException {
    INDArray images = Nd4j.createFromArray(-1f, -0.5f, 0f, 1f).reshape(2, 1, 2, 1);
    Path file = folder.resolve("samples.png");

    new ImageGrid(2, 1, 1).writePng(images, file);

    // Samples, since Java takes the gray levels of a file for linear light.
    Raster samples = ImageIO.read(file.toFile()).getRaster();
    assertThat(samples.getNumBands()).isEqualTo(1);
    assertThat(samples.getPixels(0, 0, 7, 3, (int[]) null))
        .containsExactly(
            48, 48, 48, 48, 48, 48, 48, //
            48, 0, 64, 48, 128, 255, 48, //
            48, 48, 48, 48, 48, 48, 48);
  }

  @Test
  void colorPng_readBack_holdsThePixels() throws IOException {
    INDArray images = Nd4j.createFromArray(1f, 0f, -1f).reshape(1, 1, 1, 3);
    Path file = folder.resolve("samples.png");

    new ImageGrid(1, 0, 1).writePng(images, file);

    assertThat(ImageIO.read(file.toFile()).getRGB(0, 0) & 0xFFFFFF).isEqualTo(0xFF8000);
  }

  @Test
  void png_writtenTwice_isReplacedByEqualBytesAndNothingElse() throws IOException {
    INDArray images = Nd4j.linspace(DataType.FLOAT, -1, 2.0 / 783, 784).reshape(1, 28, 28, 1);
    Path file = folder.resolve("samples.png");

    ImageGrid.ofColumns(8).writePng(images, file);
    byte[] first = Files.readAllBytes(file);
    ImageGrid.ofColumns(8).writePng(images, file);

    assertThat(Files.readAllBytes(file)).isEqualTo(first);
    assertThat(folder).isDirectoryContaining("glob:**samples.png");
    assertThat(folder.toFile().list()).hasSize(1);
  }

  @Test
  void missingDirectory_written_isRefusedWithThePath() {
    Path file = folder.resolve("none/samples.png");
    INDArray images = Nd4j.zeros(DataType.FLOAT, 1, 1, 1, 1);

    assertThatThrownBy(() -> ImageGrid.ofColumns(1).writePng(images, file))
        .isInstanceOf(DataFileException.class)
        .hasMessageStartingWith("samples.png: cannot be written at " + file + " (java.nio")
        .hasMessageEndingWith("; does its directory exist, with space left in it?");
  }

  @Test
  void directoryInPlaceOfTheFile_written_leavesNoTemporaryFile() throws IOException {
    Path file = Files.createDirectories(folder.resolve("samples.png"));
    Files.createFile(file.resolve("kept"));
    INDArray images = Nd4j.zeros(DataType.FLOAT, 1, 1, 1, 1);

    assertThatThrownBy(() -> ImageGrid.ofColumns(1).writePng(images, file))
        .isInstanceOf(DataFileException.class);
    assertThat(folder.toFile().list()).containsExactly("samples.png");
  }

  @Test
  void otherRank_drawn_isRefused() {
    INDArray flat = Nd4j.zeros(DataType.FLOAT, 2, 784);

    assertThatThrownBy(() -> ImageGrid.ofColumns(1).draw(flat))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("images are (batch, height, width, channels), got (2, 784)");
  }

  @Test
  void twoChannels_drawn_areRefused() {
    assertRefused(new float[8], 2, 2, 2, "image channels are not 1 or 3: 2");
  }

  @Test
  void partOfAnImage_drawn_isRefused() {
    assertRefused(
        new float[9],
        2,
        2,
        1,
        "images of (2, 2, 1) have 4 values each, got 9 values, which is not a whole number of"
            + " images, at least one");
    assertRefused(new float[0], 2, 2, 1, "images of (2, 2, 1) have 4 values each, got 0 values");
  }

  @Test
  void noHeight_drawn_isRefused() {
    assertRefused(new float[4], 0, 2, 1, "image grid height is not at least 1: 0");
  }

  @Test
  void hugePicture_drawn_isRefused() {
    assertThatThrownBy(() -> new ImageGrid(1, 0, 20_000).draw(new float[4], 2, 2, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "picture side is not in [1, 32767]: 40000 pixels for 1 images of 2 pixels with zoom"
                + " 20000 and padding 0; draw fewer images or zoom less");
  }

  @Test
  void wrongNumbers_made_areRefused() {
    assertThatThrownBy(() -> ImageGrid.ofColumns(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("image grid columns is not at least 1: 0");
    assertThatThrownBy(() -> ImageGrid.ofColumns(1).withPadding(-1))
        .hasMessage("image grid padding is not at least 0: -1");
    assertThatThrownBy(() -> ImageGrid.ofColumns(1).withZoom(0))
        .hasMessage("image grid zoom is not at least 1: 0");
  }

  private static void assertRefused(
      float[] values, int height, int width, int channels, String message) {
    assertThatThrownBy(() -> ImageGrid.ofColumns(1).draw(values, height, width, channels))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  /** The levels as a viewer shows them, which must be equal in red, green and blue. */
  private static int[][] grays(BufferedImage picture) {
    int[][] levels = new int[picture.getHeight()][picture.getWidth()];
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        int rgb = picture.getRGB(x, y) & 0xFFFFFF;
        levels[y][x] = rgb & 0xFF;
        assertThat(rgb).isEqualTo(levels[y][x] * 0x010101);
      }
    }
    return levels;
  }
}
