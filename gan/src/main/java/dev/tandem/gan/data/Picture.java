package dev.tandem.gan.data;

import dev.tandem.core.data.DataFileException;
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
  static final int WHITE = 0xFFFFFF;

  private static final String POINTER = "version https://git-lfs";

  /**
   * Reads a file as it is, upright, on white where it is transparent.
   *
   * @param remarks takes what readers found odd, with the file's name
   * @throws DataFileException if it is no picture, of a format without a reader, or damaged
   */
  static Picture read(Path file, List<String> remarks) {
    return read(file, WHITE, 0, remarks);
  }

  /**
   * Reads a file, upright; a large one by some of its rows and columns.
   *
   * @param background what it lies on where it is transparent, 0xRRGGBB
   * @param side the longer side of what is made of it, in pixels; 0 to read all of it
   * @param remarks takes what readers found odd, with the file's name
   * @throws DataFileException if it is no picture, of a format without a reader, or damaged
   */
  static Picture read(Path file, int background, int side, List<String> remarks) {
    byte[] content;
    try {
      content = Files.readAllBytes(file);
    } catch (OutOfMemoryError e) {
      throw new DataFileException(
          file.toString(), "is larger than the heap that there is; give more by -Xmx", e);
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
      Picture stored = Decoder.decode(content, background, side, warnings);
      warnings.forEach(warning -> remarks.add(file.getFileName() + ": " + warning));
      return orientation.apply(stored);
    } catch (IOException e) {
      throw undecoded(
          file, format.get(), e.getMessage() == null ? e.toString() : e.getMessage(), e);
    } catch (OutOfMemoryError e) {
      throw new DataFileException(
          file.toString(), "cannot be decoded in the heap that there is; give more by -Xmx", e);
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

  ImageSize size() {
    return new ImageSize(height, width);
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

  /** Copies the levels, as red, green and blue or as one gray (Rec. 601). */
  void copyTo(byte[] target, int channels) {
    if (channels == COLORS) {
      System.arraycopy(levels, 0, target, 0, levels.length);
      return;
    }
    for (int i = 0; i < height * width; i++) {
      int at = i * COLORS;
      int gray =
          299 * (levels[at] & 0xFF) + 587 * (levels[at + 1] & 0xFF) + 114 * (levels[at + 2] & 0xFF);
      target[i] = (byte) ((gray + 500) / 1000);
    }
  }
}
