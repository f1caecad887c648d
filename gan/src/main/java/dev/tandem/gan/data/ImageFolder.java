package dev.tandem.gan.data;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.backend.Backend;
import dev.tandem.core.data.DataFileException;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.data.PixelRange;
import java.nio.file.Path;
import java.util.Locale;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The pictures that lie in a folder, all of one size: PNG, JPEG, WebP, GIF, BMP and TIFF files, the
 * first picture of each.
 *
 * <p>Files are read in the order of their names. Hidden files are passed over; those with other
 * endings and subfolders are left out and named. A picture is taken as it is shown: upright, as
 * Exif's orientation says; on white where it is transparent; CMYK and other colors with a profile
 * as red, green and blue (sRGB), CMYK without one by the profile that the system has for it, else
 * by {@code (1 − c)(1 − k)}; 16 bits as the nearest of 256 levels. Pictures have one channel if all
 * of them hold grays only, else three (red, green, blue).
 *
 * @param files where the pictures came from, in the order of the rows
 * @param leftOut what else lies in the folder, in the order of names, hidden files excepted
 * @param images float32 {@code (n, height, width, 1 or 3)}
 */
public record ImageFolder(ImmutableList<Path> files, ImmutableList<Path> leftOut, INDArray images) {

  /**
   * Reads a folder.
   *
   * @param directory where the pictures lie
   * @param range what pixels are scaled to
   * @throws DataFileException if there is no such folder, no picture in it, files are damaged or no
   *     pictures, pictures differ in size, or there is no memory for them; names the files
   */
  public static ImageFolder read(Path directory, PixelRange range) {
    Backend.require();
    FolderListing listing = FolderListing.of(directory);
    return new ImageFolder(
        listing.pictures(),
        listing.others(),
        new FolderReader(directory, listing.pictures(), range).read());
  }

  /** The pictures as the input of a data set. */
  public Dataset dataset(String input) {
    return Dataset.builder().input(input, images).build();
  }

  /**
   * Pairs up the pictures of two folders: each belongs to the one of the same name in the other,
   * whatever their endings.
   *
   * @throws IllegalArgumentException if one has no partner; names the first such file
   */
  public void requirePairsWith(ImageFolder other) {
    PairedNames.require(files, other.files);
  }

  /**
   * As in {@code 331 pictures of 64×64 pixels in 3 channels; left out 2 of other kinds: labels.csv,
   * old}.
   */
  @Override
  public String toString() {
    String read =
        String.format(
            Locale.ROOT,
            "%s pictures of %d×%d pixels in %d channel%s",
            Amounts.count(files.size()),
            images.size(2),
            images.size(1),
            images.size(3),
            images.size(3) == 1 ? "" : "s");
    return leftOut.isEmpty()
        ? read
        : String.format(
            Locale.ROOT,
            "%s; left out %d of other kinds: %s",
            read,
            leftOut.size(),
            FolderListing.names(leftOut));
  }
}
