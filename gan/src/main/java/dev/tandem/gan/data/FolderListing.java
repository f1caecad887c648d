package dev.tandem.gan.data;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.io.MoreFiles;
import dev.tandem.core.data.DataFileException;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The files of a folder and of the folders in it, by the endings of names. Where all pictures lie
 * in folders of it, these are their classes, in the order of names, each with whatever lies deeper.
 *
 * @param root the folder
 * @param classes the names of those folders, empty if pictures lie beside them
 * @param pictures the files of pictures, in the order of their paths
 * @param others what else is there, but for hidden files
 */
record FolderListing(
    Path root,
    ImmutableList<String> classes,
    ImmutableList<Entry> pictures,
    ImmutableList<LeftOut> others) {

  /**
   * A file of a picture.
   *
   * @param label its class, 0 if there are none
   * @param bytes its size
   * @param modified when, in milliseconds of the epoch
   */
  record Entry(Path file, int label, long bytes, long modified) {}

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
    Walk walk = new Walk(directory);
    try {
      Files.walkFileTree(
          directory, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, walk);
    } catch (IOException e) {
      throw new DataFileException(
          directory.toString(), "cannot be listed (" + e + "); is it readable?", e);
    }
    if (walk.pictures.isEmpty()) {
      throw new DataFileException(
          directory.toString(),
          "holds no picture (*."
              + String.join(", *.", ENDINGS)
              + "), nor do its folders, but "
              + (walk.others.isEmpty() ? "nothing at all" : walk.othersNames())
              + "; give the folder that the pictures lie in");
    }
    return walk.listing();
  }

  /** The first few. */
  static String some(List<String> texts) {
    return texts.stream().limit(NAMED).collect(Collectors.joining(", "))
        + (texts.size() > NAMED ? ", …" : "");
  }

  /** Collects the files. */
  private static final class Walk extends SimpleFileVisitor<Path> {

    private final Path root;
    private final List<Entry> pictures = new ArrayList<>();
    private final List<LeftOut> others = new ArrayList<>();

    Walk(Path root) {
      this.root = root;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      return !folder.equals(root) && isHidden(folder)
          ? FileVisitResult.SKIP_SUBTREE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (isHidden(file)) {
        return FileVisitResult.CONTINUE;
      }
      if (attributes.isSymbolicLink()) {
        leaveOut(file, "is a link to nothing");
      } else if (!attributes.isRegularFile() || !hasAnEnding(file)) {
        leaveOut(file, LeftOut.OTHER_KIND);
      } else {
        pictures.add(
            new Entry(file, 0, attributes.size(), attributes.lastModifiedTime().toMillis()));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
      if (file.equals(root)) {
        throw e;
      }
      if (!isHidden(file)) {
        leaveOut(file, "cannot be visited (" + e + ")");
      }
      return FileVisitResult.CONTINUE;
    }

    private void leaveOut(Path file, String reason) {
      others.add(new LeftOut(root.relativize(file).toString(), reason));
    }

    private static boolean isHidden(Path file) {
      return file.getFileName().toString().startsWith(".");
    }

    private static boolean hasAnEnding(Path file) {
      return ENDINGS.contains(MoreFiles.getFileExtension(file).toLowerCase(Locale.ROOT));
    }

    private String othersNames() {
      return some(others.stream().map(LeftOut::file).sorted().toList());
    }

    private FolderListing listing() {
      pictures.sort(Comparator.comparing(Entry::file));
      boolean haveClasses = pictures.stream().noneMatch(entry -> lies(entry.file()).isEmpty());
      ImmutableList<String> classes =
          haveClasses
              ? pictures.stream()
                  .map(entry -> lies(entry.file()))
                  .distinct()
                  .sorted()
                  .collect(ImmutableList.toImmutableList())
              : ImmutableList.of();
      Map<String, Integer> labels = new HashMap<>();
      classes.forEach(name -> labels.put(name, labels.size()));
      return new FolderListing(
          root,
          classes,
          pictures.stream()
              .map(
                  entry ->
                      new Entry(
                          entry.file(),
                          labels.getOrDefault(lies(entry.file()), 0),
                          entry.bytes(),
                          entry.modified()))
              .collect(ImmutableList.toImmutableList()),
          others.stream()
              .sorted(Comparator.comparing(LeftOut::file))
              .collect(ImmutableList.toImmutableList()));
    }

    /** The name of the folder in the root that a file lies in, empty if it lies in the root. */
    private String lies(Path file) {
      Path relative = root.relativize(file);
      return relative.getNameCount() == 1 ? "" : relative.getName(0).toString();
    }
  }
}
