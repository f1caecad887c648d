package dev.tandem.gan.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures stand as cameras say. The corners are those of Exif 2.32, section 4.6.4 A. */
class OrientationTest {

  private static final int BLOCK = 16;

  /** Levels of the quarters: upper left, upper right, lower left, lower right; wider than high. */
  private static final int[] QUARTERS = {0, 80, 160, 240};

  @TempDir private Path folder;

  private static BufferedImage quarters() {
    BufferedImage image = new BufferedImage(4 * BLOCK, 2 * BLOCK, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        image.setRGB(x, y, QUARTERS[y / BLOCK * 2 + x / (2 * BLOCK)] * 0x10101);
      }
    }
    return image;
  }

  private Picture read(byte[] content) throws IOException {
    return Picture.read(Files.write(folder.resolve("p"), content), new ArrayList<>());
  }

  /** The quarters of a picture in the same order, as numbers of those that were stored. */
  private static String corners(Picture picture) {
    StringBuilder corners = new StringBuilder();
    for (int i = 0; i < QUARTERS.length; i++) {
      int y = (1 + 2 * (i / 2)) * picture.height() / 4;
      int x = (1 + 2 * (i % 2)) * picture.width() / 4;
      int level = picture.levels()[(y * picture.width() + x) * Picture.COLORS] & 0xFF;
      corners.append(Math.round(level / 80.0));
    }
    return corners.toString();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0123, 32×64",
    "2, 1032, 32×64",
    "3, 3210, 32×64",
    "4, 2301, 32×64",
    "5, 0213, 64×32",
    "6, 2031, 64×32",
    "7, 3120, 64×32",
    "8, 1302, 64×32",
    "0, 0123, 32×64",
    "9, 0123, 32×64"
  })
  void jpeg_ofEachOrientation_standsUpright(int orientation, String corners, String size)
      throws IOException {
    for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
      Picture picture = read(Jpegs.oriented(Jpegs.of(quarters()), orientation, order));

      assertThat(corners(picture)).isEqualTo(corners);
      assertThat(picture.size()).hasToString(size);
    }
  }

  @Test
  void png_withExif_standsUpright() throws IOException {
    byte[] png = Pngs.of(quarters());
    byte[] exif = Pngs.chunk("eXIf", Jpegs.tiffWithOrientation(6, ByteOrder.BIG_ENDIAN));
    int header = 8 + 25;
    byte[] oriented =
        Pngs.joined(Arrays.copyOf(png, header), exif, Arrays.copyOfRange(png, header, png.length));

    assertThat(corners(read(oriented))).isEqualTo("2031");
  }

  @Test
  void webp_withExif_standsUpright() throws IOException {
    byte[] webp = WebPs.stripes(4, 2, 10, new int[] {20, 200}, 30, 255);
    byte[] exif = Jpegs.tiffWithOrientation(6, ByteOrder.LITTLE_ENDIAN);
    ByteBuffer chunk = ByteBuffer.allocate(8 + exif.length).order(ByteOrder.LITTLE_ENDIAN);
    chunk.put("EXIF".getBytes(StandardCharsets.US_ASCII)).putInt(exif.length).put(exif);
    // The extended form: flags (8 for Exif), width − 1 and height − 1 of 24 bits.
    byte[] extended = Pngs.bytes('V', 'P', '8', 'X', 10, 0, 0, 0, 8, 0, 0, 0, 3, 0, 0, 1, 0, 0);
    byte[] file =
        Pngs.joined(
            Arrays.copyOf(webp, 12),
            extended,
            Arrays.copyOfRange(webp, 12, webp.length),
            chunk.array());
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(4, file.length - 8);

    Picture picture = read(file);

    assertThat(picture.size()).hasToString("4×2");
    assertThat(picture.levels()[1] & 0xFF).isEqualTo(20);
    assertThat(picture.levels()[2 * Picture.COLORS + 1] & 0xFF).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4, 8, 12, 20, 27, 30})
  void exif_cutAnywhere_leavesThePictureAsItStands(int length) throws IOException {
    byte[] block = Arrays.copyOf(Jpegs.tiffWithOrientation(6, ByteOrder.BIG_ENDIAN), length);

    assertThat(Orientation.ofTiff(ByteBuffer.wrap(block))).isEqualTo(Orientation.UPRIGHT);
  }

  @Test
  void jpeg_withACommentThatLooksLikeExif_isNotTurned() throws IOException {
    byte[] jpeg = Jpegs.of(quarters());
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(jpeg, 0, 2);
    file.writeBytes(Pngs.bytes(0xFF, 0xFE, 0, 8));
    file.writeBytes("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
    file.write(jpeg, 2, jpeg.length - 2);

    assertThat(corners(read(file.toByteArray()))).isEqualTo("0123");
  }
}
