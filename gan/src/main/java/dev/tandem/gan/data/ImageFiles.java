package dev.tandem.gan.data;

import com.google.common.hash.Hashing;
import dev.tandem.core.data.DataFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pictures in files, and how they become images of one size: {@code
 * ImageFiles.in(Path.of("photos")).size(ImageSize.square(64)).open()}.
 *
 * <p>A folder may hold PNG, JPEG, WebP, GIF, BMP and TIFF files of any sizes, of each the first
 * picture, at any depth. If all of them lie in folders of it, these folders are their classes, in
 * the order of their names. Hidden files are passed over. A picture is taken as it is shown:
 * upright as Exif says, CMYK and other colors with a profile as red, green and blue (sRGB), 16 bits
 * as the nearest of 256 levels, on the background where it is transparent. Pixels of smaller images
 * are means over what they cover.
 *
 * <p>What was read lies as bytes in one file, which is used again as long as neither settings nor
 * names, sizes and times of the files have changed. It gets its name when it is whole; a damaged
 * one is made anew.
 *
 * @param path a folder, or one file of images
 * @param size of the images; if none, the pictures' own if they have one, else the largest square
 *     of 16, 20, 24, 28, 32, 40, 48, 56 and 64 that is not above the median of their shorter sides
 * @param squares whether pictures of one size keep it only if it is such a square, or one of 80,
 *     96, 112 or 128
 * @param resize for pictures of another ratio
 * @param channels 1 or 3; if none, 1 if all pictures are gray, else 3
 * @param background what transparent pictures lie on, 0xRRGGBB
 * @param strict whether a file that cannot be read is an error; else it is left out
 * @param folder where the file with the bytes lies
 * @param progress told how far reading is
 */
public record ImageFiles(
    Path path,
    Optional<ImageSize> size,
    boolean squares,
    ImageResize resize,
    OptionalInt channels,
    int background,
    boolean strict,
    Path folder,
    ImageProgress progress) {

  private static final Logger LOG = LoggerFactory.getLogger(ImageFiles.class);

  /** What the bytes of the same pictures depend on besides the settings: this code. */
  private static final String VERSION = "1";

  /**
   * Checks channels and background.
   *
   * @throws IllegalArgumentException if channels are not 1 or 3, or the background is no color
   */
  public ImageFiles {
    if (channels.isPresent() && channels.getAsInt() != 1 && channels.getAsInt() != 3) {
      throw new IllegalArgumentException(
          "channels of images are neither 1 (gray) nor 3 (color): " + channels.getAsInt());
    }
    if (background < 0 || background > Picture.WHITE) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "background is not in [0, 0xFFFFFF]: 0x%X", background));
    }
  }

  /**
   * Pictures of a folder, or of one file. Cropped where they have to be, on white, in the cache of
   * {@link Download#cache}.
   */
  public static ImageFiles in(Path path) {
    return new ImageFiles(
        path,
        Optional.empty(),
        false,
        ImageResize.CROP,
        OptionalInt.empty(),
        Picture.WHITE,
        false,
        Download.cache().resolve("images"),
        ImageProgress.NONE);
  }

  /** The same in a size. */
  public ImageFiles size(ImageSize of) {
    return new ImageFiles(
        path, Optional.of(of), squares, resize, channels, background, strict, folder, progress);
  }

  /** The same with sizes of squares alone, where none is given. */
  public ImageFiles inSquares() {
    return new ImageFiles(path, size, true, resize, channels, background, strict, folder, progress);
  }

  /** The same with pictures of another ratio treated so. */
  public ImageFiles resize(ImageResize by) {
    return new ImageFiles(path, size, squares, by, channels, background, strict, folder, progress);
  }

  /** The same in 1 (gray) or 3 channels (color). */
  public ImageFiles channels(int count) {
    return new ImageFiles(
        path, size, squares, resize, OptionalInt.of(count), background, strict, folder, progress);
  }

  /**
   * The same on another background.
   *
   * @param color 0xRRGGBB
   */
  public ImageFiles background(int color) {
    return new ImageFiles(path, size, squares, resize, channels, color, strict, folder, progress);
  }

  /**
   * A color.
   *
   * @param text {@code white}, {@code black}, {@code gray}, or red, green and blue in hexadecimal
   *     digits, as {@code #20a0ff}
   * @return 0xRRGGBB
   * @throws IllegalArgumentException if it is none
   */
  public static int color(String text) {
    return switch (text) {
      case "white" -> Picture.WHITE;
      case "black" -> 0;
      case "gray" -> 0x808080;
      default -> {
        if (!text.matches("#?[0-9a-fA-F]{6}")) {
          throw new IllegalArgumentException(
              "color is none of white, black, gray and six hexadecimal digits as 20a0ff: " + text);
        }
        yield Integer.parseInt(text.replace("#", ""), 16);
      }
    };
  }

  /** The same with every file that cannot be read an error. */
  public ImageFiles beingStrict() {
    return new ImageFiles(
        path, size, squares, resize, channels, background, true, folder, progress);
  }

  /** The same with the file of bytes in another folder, which is made if need be. */
  public ImageFiles cachedIn(Path other) {
    return new ImageFiles(
        path, size, squares, resize, channels, background, strict, other, progress);
  }

  /** The same, telling how far it is while pictures are read. */
  public ImageFiles telling(ImageProgress listener) {
    return new ImageFiles(
        path, size, squares, resize, channels, background, strict, folder, listener);
  }

  /**
   * The images. Reads pictures if there is no file of their bytes yet.
   *
   * @throws DataFileException if there is nothing to read, or {@link #strict} and a file cannot be
   *     read, or the file of bytes cannot be written; names the files
   */
  public ImageSet open() {
    PictureOrigin origin = PictureOrigins.of(path);
    String key = key(origin);
    PixelTarget target =
        new PixelTarget(folder.resolve("images-" + key.substring(0, 16) + ".bin"), key);
    return new ImageSet(path.toString(), opened(target).orElseGet(() -> read(origin, target)));
  }

  private static Optional<PixelFile> opened(PixelTarget target) {
    if (!Files.isRegularFile(target.file())) {
      return Optional.empty();
    }
    try {
      PixelFile file = PixelFile.open(target.file());
      if (file.index().key().equals(target.key())) {
        return Optional.of(file);
      }
      LOG.warn("{}: is of other pictures, and is made anew", target.file());
    } catch (IOException e) {
      LOG.warn("{}: cannot be used ({}), and is made anew", target.file(), e.getMessage());
    }
    return Optional.empty();
  }

  private PixelFile read(PictureOrigin origin, PixelTarget target) {
    ImageImport.run(this, origin, target);
    try {
      return PixelFile.open(target.file());
    } catch (IOException e) {
      throw new DataFileException(
          target.file().toString(),
          "was written, and cannot be read (" + e + "); is the disk in order?",
          e);
    }
  }

  /** What the bytes follow from. */
  private String key(PictureOrigin origin) {
    String settings =
        String.format(
            Locale.ROOT,
            "%s %s %s %s %s %06x %s%n",
            VERSION,
            size,
            squares,
            resize,
            channels,
            background,
            strict);
    return Hashing.sha256()
        .hashString(settings + origin.state(), StandardCharsets.UTF_8)
        .toString();
  }
}
