package dev.tandem.gan.data;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.data.DataFileException;
import dev.tandem.core.data.PixelRange;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the pictures of a folder, one at a time, and tells of all that cannot be used at once. */
final class FolderReader {

  private static final Logger LOG = LoggerFactory.getLogger(ImageFolder.class);

  private final Path directory;
  private final ImmutableList<Path> files;
  private final PixelRange range;
  private final List<DataFileException> unread = new ArrayList<>();
  private final List<String> otherSizes = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();
  private String size = "";
  private String sized = "";
  private @Nullable PixelStack stack;

  FolderReader(Path directory, ImmutableList<Path> files, PixelRange range) {
    this.directory = directory;
    this.files = files;
    this.range = range;
  }

  /**
   * All pictures in one array.
   *
   * @throws DataFileException if some are damaged or of another size, or there is no memory
   */
  INDArray read() {
    boolean whole = false;
    try {
      for (Path file : files) {
        decode(file).ifPresent(picture -> add(file, picture));
      }
      requireAll();
      whole = true;
    } finally {
      if (!whole && stack != null) {
        stack.images().close();
      }
    }
    if (!remarks.isEmpty()) {
      LOG.warn(
          "{}: {} remarks of readers on files that were read: {}",
          directory,
          remarks.size(),
          FolderListing.some(remarks));
    }
    return Objects.requireNonNull(stack).images();
  }

  private Optional<Picture> decode(Path file) {
    try {
      return Optional.of(Picture.read(file, remarks));
    } catch (DataFileException e) {
      unread.add(e);
      return Optional.empty();
    }
  }

  private void add(Path file, Picture picture) {
    if (size.isEmpty()) {
      size = picture.size();
      sized = file.getFileName().toString();
    }
    if (!picture.size().equals(size)) {
      otherSizes.add(file.getFileName() + " (" + picture.size() + ")");
    }
    if (!unread.isEmpty() || !otherSizes.isEmpty()) {
      return;
    }
    if (stack == null) {
      stack = new PixelStack(directory.toString(), files.size(), picture, range);
    }
    stack.add(picture);
  }

  private void requireAll() {
    if (unread.size() == 1) {
      DataFileException only = unread.get(0);
      throw new DataFileException(
          only.file(), problem(only) + "; repair it or take it out of the folder", only);
    }
    if (!unread.isEmpty()) {
      List<String> problems =
          unread.stream().map(e -> Path.of(e.file()).getFileName() + " " + problem(e)).toList();
      throw new DataFileException(
          directory.toString(),
          String.format(
              Locale.ROOT,
              "%d of %d files cannot be read; repair them or take them out of the folder: %s",
              unread.size(),
              files.size(),
              FolderListing.some(problems)),
          unread.get(0));
    }
    if (!otherSizes.isEmpty()) {
      throw new DataFileException(
          directory.toString(),
          String.format(
              Locale.ROOT,
              "pictures differ in size (width×height): %s is %s, but %d of %d are not: %s; crop or"
                  + " scale them to one size",
              sized,
              size,
              otherSizes.size(),
              files.size(),
              FolderListing.some(otherSizes)));
    }
  }

  private static String problem(DataFileException e) {
    return String.valueOf(e.getMessage()).substring(e.file().length() + 2);
  }
}
