package dev.tandem.gan.data;

import static dev.tandem.gan.data.Pngs.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BandedSampleModel;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The colors that files mean, whatever they hold them as. */
class PictureColorsTest {

  private static final byte[] NONE = new byte[0];

  @TempDir private Path folder;

  private int[] read(byte[] content) throws IOException {
    Picture picture = Picture.read(Files.write(folder.resolve("p"), content), new ArrayList<>());
    int[] levels = new int[picture.levels().length];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = picture.levels()[i] & 0xFF;
    }
    return levels;
  }

  @Test
  void rgba_isLaidOnWhite_whateverItsHiddenColorIs() throws IOException {
    byte[] row = bytes(200, 0, 100, 255, 0, 0, 0, 0, 255, 0, 0, 0, 200, 0, 100, 128);

    assertThat(read(Pngs.row(4, 8, 6, NONE, row)))
        .containsExactly(200, 0, 100, 255, 255, 255, 255, 255, 255, 227, 127, 177);
  }

  @Test
  void rgba_of16Bits_isLaidOnWhite() throws IOException {
    byte[] row = bytes(200, 200, 0, 7, 100, 90, 255, 255, 9, 9, 9, 9, 9, 9, 0, 0);

    assertThat(read(Pngs.row(2, 16, 6, NONE, row))).containsExactly(200, 0, 100, 255, 255, 255);
  }

  @Test
  void grayWithAlpha_isLaidOnWhite() throws IOException {
    assertThat(read(Pngs.row(3, 8, 4, NONE, bytes(90, 255, 90, 0, 90, 51))))
        .containsExactly(90, 90, 90, 255, 255, 255, 222, 222, 222);
    assertThat(read(Pngs.row(2, 16, 4, NONE, bytes(90, 90, 255, 255, 90, 1, 0, 0))))
        .containsExactly(90, 90, 90, 255, 255, 255);
    assertThat(read(Pngs.row(1, 16, 0, NONE, bytes(200, 0)))).containsExactly(199, 199, 199);
  }

  @Test
  void paletteWithTransparency_isLaidOnWhite() throws IOException {
    byte[] chunks =
        Pngs.joined(
            Pngs.chunk("PLTE", bytes(200, 0, 100, 0, 0, 0, 0, 0, 200)),
            Pngs.chunk("tRNS", bytes(255, 0, 51)));

    assertThat(read(Pngs.row(3, 8, 3, chunks, bytes(0, 1, 2))))
        .containsExactly(200, 0, 100, 255, 255, 255, 204, 204, 244);
  }

  @Test
  void oneTransparentColor_isLaidOnWhite() throws IOException {
    byte[] rgb = Pngs.chunk("tRNS", bytes(0, 1, 0, 2, 0, 3));
    byte[] gray = Pngs.chunk("tRNS", bytes(0, 7));

    assertThat(read(Pngs.row(2, 8, 2, rgb, bytes(1, 2, 3, 1, 2, 4))))
        .containsExactly(255, 255, 255, 1, 2, 4);
    assertThat(read(Pngs.row(2, 8, 0, gray, bytes(7, 8)))).containsExactly(255, 255, 255, 8, 8, 8);
  }

  @Test
  void samePicture_asRgbaPaletteGifAndWebp_isTheSame() throws IOException {
    int[] expected = {255, 255, 255, 10, 20, 30};
    byte[] palette =
        Pngs.joined(
            Pngs.chunk("PLTE", bytes(10, 20, 30, 0, 0, 0)), Pngs.chunk("tRNS", bytes(255, 0)));
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(1, 0, 0xFF0A141E);

    assertThat(read(Pngs.row(2, 8, 6, NONE, bytes(0, 0, 0, 0, 10, 20, 30, 255))))
        .isEqualTo(expected);
    assertThat(read(Pngs.row(2, 8, 3, palette, bytes(1, 0)))).isEqualTo(expected);
    assertThat(read(Pngs.written(image, "gif"))).isEqualTo(expected);
    assertThat(read(Pngs.written(image, "tiff"))).isEqualTo(expected);
  }

  @Test
  void webp_isRead_andLaidOnWhite() throws IOException {
    assertThat(read(WebPs.stripes(3, 1, 10, new int[] {20, 200}, 30, 255)))
        .containsExactly(10, 20, 30, 10, 200, 30, 10, 20, 30);
    assertThat(read(WebPs.stripes(2, 1, 10, new int[] {20, 200}, 30, 0)))
        .containsExactly(255, 255, 255, 255, 255, 255);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bmp", "gif", "tiff", "png"})
  void colors_ofEveryFormatWithoutLoss_areTheirOwn(String format) throws IOException {
    int[] colors = {0, 0xFF8001, 0x0180FF, 0xFFFFFF, 0x102030};
    BufferedImage image = new BufferedImage(9, 7, BufferedImage.TYPE_INT_RGB);
    int[] expected = new int[9 * 7 * 3];
    for (int i = 0; i < 9 * 7; i++) {
      int color = colors[i % colors.length];
      image.setRGB(i % 9, i / 9, color);
      expected[3 * i] = color >> 16;
      expected[3 * i + 1] = color >> 8 & 0xFF;
      expected[3 * i + 2] = color & 0xFF;
    }

    assertThat(read(Pngs.written(image, format))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bmp", "gif", "tiff", "png", "jpeg"})
  void grays_ofEveryFormat_areTheirOwn(String format) throws IOException {
    BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 64; i++) {
      image.getRaster().setSample(i % 8, i / 8, 0, 100);
    }

    assertThat(read(Pngs.written(image, format))).containsOnly(100);
  }

  @ParameterizedTest
  @CsvSource({
    "255, 0, 0, 0, 0, 255, 255",
    "0, 255, 0, 0, 255, 0, 255",
    "0, 0, 255, 0, 255, 255, 0",
    "0, 0, 0, 255, 0, 0, 0",
    "0, 0, 0, 0, 255, 255, 255",
    "255, 255, 0, 0, 0, 0, 255"
  })
  void cmykAndYcck_areConverted(int c, int m, int y, int k, int red, int green, int blue)
      throws IOException {
    // As Adobe's programs store them: inverted; YCCK is made of the inks as if they were RGB.
    int[] cmyk = {255 - c, 255 - m, 255 - y, 255 - k};
    int luma = (int) Math.round(.299 * c + .587 * m + .114 * y);
    int[] ycck = {
      luma, clamped(128 + (y - luma) / 1.772), clamped(128 + (c - luma) / 1.402), 255 - k
    };
    for (byte[] file :
        new byte[][] {
          Jpegs.fourComponents(16, 16, cmyk, 0), Jpegs.fourComponents(16, 16, ycck, 2)
        }) {
      int[] levels = read(file);

      // Profiles of printing inks, where a system has them, are not this saturated.
      assertThat(levels[0]).isCloseTo(red, within(80));
      assertThat(levels[1]).isCloseTo(green, within(120));
      assertThat(levels[2]).isCloseTo(blue, within(120));
    }
  }

  private static int clamped(double value) {
    return (int) Math.max(0, Math.min(255, Math.round(value)));
  }

  @Test
  void fourComponents_withoutAWordOnThem_areRefused() throws IOException {
    byte[] file = Jpegs.fourComponents(16, 16, new int[] {1, 2, 3, 4});

    assertThatThrownBy(() -> read(file))
        .hasMessageContaining("four components have no Adobe marker")
        .hasMessageContaining("CMYK or YCCK");
  }

  @Test
  void samplesOfFloats_areRefused() throws IOException {
    WritableRaster raster =
        Raster.createWritableRaster(new BandedSampleModel(DataBuffer.TYPE_FLOAT, 2, 2, 1), null);
    BufferedImage floats =
        new BufferedImage(
            new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_GRAY),
                false,
                false,
                Transparency.OPAQUE,
                DataBuffer.TYPE_FLOAT),
            raster,
            false,
            null);

    assertThatThrownBy(() -> read(Pngs.written(floats, "tiff")))
        .hasMessageContaining("its samples are not whole numbers of 8 or 16 bits");
  }
}
