package dev.tandem.gan.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.data.DataFileException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnimatedGifTest {

  private static final Duration DELAY = Duration.ofMillis(120);

  @TempDir Path folder;

  @Test
  void grayFrames_readBack_holdEveryLevelAndTheDelay() throws IOException {
    Path file = folder.resolve("course.gif");
    try (AnimatedGif gif = AnimatedGif.create(file, DELAY)) {
      for (int i = 0; i < 5; i++) {
        gif.append(ramp(i));
      }
    }

    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      ImageReader reader = reader(in);
      assertThat(reader.getNumImages(true)).isEqualTo(5);
      for (int i = 0; i < 5; i++) {
        assertSamePixels(reader.read(i), ramp(i));
        assertThat(attribute(reader, i, "GraphicControlExtension", "delayTime")).isEqualTo("12");
        assertThat(attribute(reader, i, "GraphicControlExtension", "disposalMethod"))
            .isEqualTo("none");
      }
    }
  }

  @Test
  void file_written_repeatsForEver() throws IOException {
    byte[] bytes = Files.readAllBytes(written("course.gif", 3));
    String text = new String(bytes, StandardCharsets.ISO_8859_1);

    assertThat(text).startsWith("GIF89a");
    assertThat(text.split("NETSCAPE2\\.0\3\1\0\0\0", -1)).hasSize(2);
    // The logical screen, low byte first.
    assertThat(bytes[6] | bytes[7] << 8).isEqualTo(256);
    assertThat(bytes[8] | bytes[9] << 8).isEqualTo(2);
  }

  @Test
  void sameFrames_writtenTwice_giveEqualBytes() throws IOException {
    assertThat(Files.readAllBytes(written("one.gif", 4)))
        .isEqualTo(Files.readAllBytes(written("two.gif", 4)));
  }

  @Test
  void colorFrames_readBack_haveEachTheirOwnColors() throws IOException {
    Path file = folder.resolve("colors.gif");
    BufferedImage red = new ImageGrid(1, 0, 1).draw(new float[] {1, -1, -1, 0.5f, -1, -1}, 1, 2, 3);
    BufferedImage blue = new ImageGrid(1, 0, 1).draw(new float[] {-1, 0, 1, -1, -1, 1}, 1, 2, 3);
    try (AnimatedGif gif = AnimatedGif.create(file, DELAY)) {
      gif.append(red);
      gif.append(blue);
    }

    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      ImageReader reader = reader(in);
      assertSamePixels(reader.read(0), red);
      assertSamePixels(reader.read(1), blue);
    }
  }

  @Test
  void openAnimation_isNotThereUntilClosed() throws IOException {
    Path file = folder.resolve("course.gif");
    try (AnimatedGif gif = AnimatedGif.create(file, DELAY)) {
      gif.append(ramp(0));
      assertThat(file).doesNotExist();
    }

    assertThat(folder.toFile().list()).containsExactly("course.gif");
  }

  @Test
  void noFrame_closed_leavesNoFile() {
    AnimatedGif.create(folder.resolve("course.gif"), DELAY).close();

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void olderFile_written_isReplaced() throws IOException {
    Path file = Files.writeString(folder.resolve("course.gif"), "older");

    assertThat(written("course.gif", 2)).isEqualTo(file);
    assertThat(ImageIO.read(file.toFile())).isNotNull();
  }

  @Test
  void frameOfOtherSize_appended_isRefusedAndTheRestIsKept() throws IOException {
    Path file = folder.resolve("course.gif");
    try (AnimatedGif gif = AnimatedGif.create(file, DELAY)) {
      gif.append(ramp(0));
      BufferedImage other = new ImageGrid(1, 0, 1).draw(new float[6], 2, 3, 1);

      assertThatThrownBy(() -> gif.append(other))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "frames of course.gif are 256 x 2, got 3 x 2; all frames of a GIF file have one"
                  + " size");
    }

    assertThat(ImageIO.read(file.toFile()).getWidth()).isEqualTo(256);
  }

  @Test
  void closedAnimation_appended_isRefused() {
    AnimatedGif gif = AnimatedGif.create(folder.resolve("course.gif"), DELAY);
    gif.close();
    gif.close();

    assertThatThrownBy(() -> gif.append(ramp(0)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("course.gif is closed; append frames before");
  }

  @Test
  void delayOutside_created_isRefused() {
    for (long millis : new long[] {-1, 9, 655_351}) {
      assertThatThrownBy(
              () -> AnimatedGif.create(folder.resolve("course.gif"), Duration.ofMillis(millis)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("frame delay is not in [10 ms, 655350 ms]: " + millis + " ms");
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void missingDirectory_created_isRefused() {
    Path file = folder.resolve("none/course.gif");

    assertThatThrownBy(() -> AnimatedGif.create(file, DELAY))
        .isInstanceOf(DataFileException.class)
        .hasMessageStartingWith("course.gif: cannot be written at " + file);
  }

  private Path written(String name, int frames) {
    Path file = folder.resolve(name);
    try (AnimatedGif gif = AnimatedGif.create(file, DELAY)) {
      for (int i = 0; i < frames; i++) {
        gif.append(ramp(i));
      }
    }
    return file;
  }

  /** Two rows of all levels, the lower one turned by a few pixels. */
  private static BufferedImage ramp(int turn) {
    float[] values = new float[512];
    for (int i = 0; i < 256; i++) {
      values[i] = (float) (i / 127.5 - 1);
      values[256 + i] = (float) ((i + turn) % 256 / 127.5 - 1);
    }
    return new ImageGrid(1, 0, 1).draw(values, 2, 256, 1);
  }

  private static ImageReader reader(ImageInputStream in) {
    ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
    reader.setInput(in);
    return reader;
  }

  private static String attribute(ImageReader reader, int frame, String node, String attribute)
      throws IOException {
    IIOMetadata metadata = reader.getImageMetadata(frame);
    IIOMetadataNode root =
        (IIOMetadataNode) metadata.getAsTree(metadata.getNativeMetadataFormatName());
    return ((IIOMetadataNode) root.getElementsByTagName(node).item(0)).getAttribute(attribute);
  }

  private static void assertSamePixels(BufferedImage actual, BufferedImage expected) {
    int width = expected.getWidth();
    int height = expected.getHeight();
    int[] pixels = actual.getRGB(0, 0, width, height, null, 0, width);
    assertThat(Arrays.equals(pixels, expected.getRGB(0, 0, width, height, null, 0, width)))
        .isTrue();
  }
}
