package dev.tandem.gan.data;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.io.MoreFiles;
import dev.tandem.core.data.DataFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files of a folder, by the endings of names.
 *
 * @param pictures the files of pictures, in the order of their names
 * @param others what else is there, folders too, but for hidden files
 */
record FolderListing(ImmutableList<Path> pictures, ImmutableList<Path> others) {

  /** Endings in small letters. */
  private static final ImmutableSet<String> ENDINGS =
      ImmutableSet.of("png", "jpg", "jpeg", "jpe", "jfif", "webp", "gif", "bmp", "tif", "tiff");

  private static final int NAMED = 5;

  /**
   * Lists a folder.
   *
   * @throws DataFileException if there is none, or no picture in it
   */
  static FolderListing of(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw new DataFileException(
          directory.toString(),
          (Files.exists(directory) ? "is a file, not a folder" : "does not exist")
              + "; give a folder of pictures");
    }
    try (Stream<Path> all = Files.list(directory)) {
      List<Path> seen = all.filter(file -> !isHidden(file)).sorted().toList();
      FolderListing listing =
          new FolderListing(
              seen.stream()
                  .filter(FolderListing::isPicture)
                  .collect(ImmutableList.toImmutableList()),
              seen.stream()
                  .filter(file -> !isPicture(file))
                  .collect(ImmutableList.toImmutableList()));
      if (listing.pictures.isEmpty()) {
        throw new DataFileException(
            directory.toString(),
            "holds no picture (*."
                + String.join(", *.", ENDINGS)
                + ") itself, but "
                + (seen.isEmpty() ? "nothing at all" : names(seen))
                + "; give the folder that the pictures lie in");
      }
      return listing;
    } catch (IOException e) {
      throw new DataFileException(
          directory.toString(), "cannot be listed (" + e + "); is it readable?", e);
    }
  }

  private static boolean isHidden(Path file) {
    return file.getFileName().toString().startsWith(".");
  }

  private static boolean isPicture(Path file) {
    return ENDINGS.contains(MoreFiles.getFileExtension(file).toLowerCase(Locale.ROOT))
        && Files.isRegularFile(file);
  }

  /** The names of the first few. */
  static String names(List<Path> files) {
    return some(files.stream().map(file -> file.getFileName().toString()).toList());
  }

  /** The first few. */
  static String some(List<String> texts) {
    return texts.stream().limit(NAMED).collect(Collectors.joining(", "))
        + (texts.size() > NAMED ? ", …" : "");
  }
}
