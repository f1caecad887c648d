package dev.tandem.gan.data;

import dev.tandem.core.data.DataFileException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A picture in memory.
 *
 * @param height in pixels
 * @param width in pixels
 * @param levels red, green and blue of each pixel, row by row, from 0 to 255
 */
record Picture(int height, int width, byte[] levels) {

  static final int COLORS = 3;

  private static final String POINTER = "version https://git-lfs";

  /**
   * Reads a file: upright, on white where it is transparent.
   *
   * @param remarks takes what readers found odd, with the file's name
   * @throws DataFileException if it is no picture, of a format without a reader, or damaged
   */
  static Picture read(Path file, List<String> remarks) {
    byte[] content;
    try {
      content = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new DataFileException(file.toString(), "cannot be read (" + e + ")", e);
    }
    Optional<PictureFormat> format = PictureFormat.of(content);
    if (format.isEmpty()) {
      throw new DataFileException(file.toString(), noPicture(content));
    }
    try {
      Orientation orientation = Containers.check(format.get(), content);
      List<String> warnings = new ArrayList<>();
      BufferedImage image = Decoder.decode(content, warnings);
      warnings.forEach(warning -> remarks.add(file.getFileName() + ": " + warning));
      return orientation.apply(new Picture(image.getHeight(), image.getWidth(), Levels.of(image)));
    } catch (IOException e) {
      throw undecoded(
          file, format.get(), e.getMessage() == null ? e.toString() : e.getMessage(), e);
    } catch (RuntimeException e) {
      // What readers throw where a damaged file sends them astray.
      throw undecoded(file, format.get(), e.toString(), e);
    }
  }

  private static DataFileException undecoded(
      Path file, PictureFormat format, String reason, Exception cause) {
    return new DataFileException(
        file.toString(), "cannot be decoded as a " + format + " picture: " + reason, cause);
  }

  private static String noPicture(byte[] content) {
    if (content.length == 0) {
      return "is empty";
    }
    String start =
        new String(
            content, 0, Math.min(POINTER.length(), content.length), StandardCharsets.ISO_8859_1);
    return start.equals(POINTER)
        ? "is the pointer of a file that Git LFS keeps elsewhere; fetch it with git lfs pull"
        : "is no picture: it begins as no PNG, JPEG, WebP, GIF, BMP or TIFF file does";
  }

  /** As in {@code 32×24}: width and height. */
  String size() {
    return width + "×" + height;
  }

  /** Whether red, green and blue are equal everywhere. */
  boolean isGray() {
    for (int i = 0; i < levels.length; i += COLORS) {
      if (levels[i] != levels[i + 1] || levels[i] != levels[i + 2]) {
        return false;
      }
    }
    return true;
  }

  /** Writes the pixels, the first one (gray) or all three colors of each. */
  void write(float[] values, int channels, float[] table) {
    for (int i = 0; i < height * width * channels; i++) {
      values[i] = table[levels[i / channels * COLORS + i % channels] & 0xFF];
    }
  }
}
