package dev.tandem.gan.data;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.io.MoreFiles;
import dev.tandem.core.backend.Backend;
import dev.tandem.core.data.DataFileException;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.data.PixelRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The PNG and JPEG pictures that lie in a folder, all of one size.
 *
 * <p>Files are read in the order of their names; those with other endings, hidden ones and
 * subfolders are left alone. Pictures have one channel if all of them hold grays only, else three
 * (red, green, blue); transparency is ignored.
 *
 * @param files where the pictures came from, in the order of the rows
 * @param images float32 {@code (n, height, width, 1 or 3)}
 */
public record ImageFolder(ImmutableList<Path> files, INDArray images) {

  private static final ImmutableSet<String> ENDINGS = ImmutableSet.of("png", "jpg", "jpeg");
  private static final int NAMED = 5;

  /**
   * Reads a folder.
   *
   * @param directory where the pictures lie
   * @param range what pixels are scaled to
   * @throws DataFileException if there is no such folder, no picture in it, a file is no picture,
   *     or pictures differ in size; names the files
   */
  public static ImageFolder read(Path directory, PixelRange range) {
    Backend.require();
    ImmutableList<Path> files = pictures(directory);
    List<Picture> pictures = new ArrayList<>();
    for (Path file : files) {
      pictures.add(Picture.read(file));
    }
    requireOneSize(directory, files, pictures);
    Picture first = pictures.get(0);
    int channels = pictures.stream().allMatch(Picture::isGray) ? 1 : Picture.COLORS;
    int length = first.height() * first.width() * channels;
    float[] values = new float[Math.multiplyExact(files.size(), length)];
    for (int i = 0; i < files.size(); i++) {
      pictures.get(i).write(values, i * length, channels, range);
    }
    return new ImageFolder(
        files,
        Nd4j.createFromArray(values)
            .reshape('c', files.size(), first.height(), first.width(), channels));
  }

  /** The pictures as the input of a data set. */
  public Dataset dataset(String input) {
    return Dataset.builder().input(input, images).build();
  }

  private static ImmutableList<Path> pictures(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw new DataFileException(
          directory.toString(),
          (Files.exists(directory) ? "is a file, not a folder" : "does not exist")
              + "; give a folder of PNG or JPEG pictures");
    }
    try (Stream<Path> all = Files.list(directory)) {
      List<Path> entries = all.sorted().toList();
      ImmutableList<Path> files =
          entries.stream().filter(ImageFolder::isPicture).collect(ImmutableList.toImmutableList());
      if (files.isEmpty()) {
        throw new DataFileException(
            directory.toString(),
            "holds no picture (*.png, *.jpg, *.jpeg) itself, but "
                + (entries.isEmpty() ? "nothing at all" : names(entries))
                + "; give the folder that the pictures lie in");
      }
      return files;
    } catch (IOException e) {
      throw new DataFileException(
          directory.toString(), "cannot be listed (" + e + "); is it readable?", e);
    }
  }

  private static boolean isPicture(Path file) {
    return ENDINGS.contains(MoreFiles.getFileExtension(file).toLowerCase(Locale.ROOT))
        && !file.getFileName().toString().startsWith(".")
        && Files.isRegularFile(file);
  }

  private static void requireOneSize(Path directory, List<Path> files, List<Picture> pictures) {
    Picture first = pictures.get(0);
    List<String> others = new ArrayList<>();
    for (int i = 1; i < files.size(); i++) {
      if (!pictures.get(i).size().equals(first.size())) {
        others.add(files.get(i).getFileName() + " (" + pictures.get(i).size() + ")");
      }
    }
    if (!others.isEmpty()) {
      throw new DataFileException(
          directory.toString(),
          String.format(
              Locale.ROOT,
              "pictures differ in size (width×height): %s is %s, but %d of %d are not: %s; crop or"
                  + " scale them to one size",
              files.get(0).getFileName(),
              first.size(),
              others.size(),
              files.size(),
              some(others)));
    }
  }

  private static String names(List<Path> entries) {
    return some(entries.stream().map(entry -> entry.getFileName().toString()).toList());
  }

  private static String some(List<String> names) {
    return names.stream().limit(NAMED).collect(Collectors.joining(", "))
        + (names.size() > NAMED ? ", …" : "");
  }
}
