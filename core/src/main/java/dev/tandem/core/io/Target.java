package dev.tandem.core.io;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import dev.tandem.core.data.DataFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The place of a save: what may be replaced or deleted there, and what not. */
final class Target {

  private static final ImmutableSet<String> LEFTOVERS =
      ImmutableSet.<String>builder().addAll(Slot.names()).add(SaveWriter.DRAFT).build();

  private static final String NOT_REPLACED = "it is not replaced; delete it or save elsewhere";

  private Target() {}

  /**
   * Refuses a place that a save must not take.
   *
   * @return the file of arrays in use there; empty if there is no save yet
   */
  static String requireReplaceable(Path directory) {
    try {
      if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
        return "";
      }
      if (!Files.isDirectory(directory)) {
        throw new DataFileException(
            directory.toString(), "is not a directory and is not replaced; save elsewhere");
      }
      Path manifest = directory.resolve(Manifest.FILE);
      if (Files.exists(manifest)) {
        String text = Files.readString(manifest);
        return Manifest.parse(directory.toString(), text, NOT_REPLACED).arraysFile();
      }
      Set<String> others = Sets.difference(names(directory), LEFTOVERS);
      if (!others.isEmpty()) {
        throw new DataFileException(
            directory.toString(),
            "holds "
                + Texts.shortened(others)
                + " and no "
                + Manifest.FILE
                + ": it is not a Tandem directory and is not replaced; save elsewhere");
      }
      return "";
    } catch (IOException e) {
      throw unreadable(directory, e);
    }
  }

  /** Whether a directory holds a save, of any kind. */
  static boolean holdsSave(Path directory) {
    return Files.isRegularFile(directory.resolve(Manifest.FILE));
  }

  /** Whether a directory holds nothing but what a save that was killed left. */
  static boolean holdsLeftoversOnly(Path directory) {
    try {
      return LEFTOVERS.containsAll(names(directory));
    } catch (IOException e) {
      throw unreadable(directory, e);
    }
  }

  /** Why nothing can be loaded from a directory without a manifest. */
  static String describeWithoutSave(Path directory) throws IOException {
    Set<String> names = names(directory);
    if (names.isEmpty()) {
      return "is empty; give the directory that was saved to";
    }
    return "has no "
        + Manifest.FILE
        + (LEFTOVERS.containsAll(names)
            ? ": nothing was ever saved to it completely; save to it"
            : " and is not a Tandem directory; give the directory that was saved to");
  }

  /** Deletes a save; the manifest first, so that there is no time at which it looks whole. */
  static void delete(Path directory, Disk disk) {
    try {
      disk.delete(directory.resolve(Manifest.FILE));
      for (String name : LEFTOVERS) {
        disk.delete(directory.resolve(name));
      }
      if (names(directory).isEmpty()) {
        disk.delete(directory);
      }
    } catch (IOException e) {
      throw new DataFileException(
          directory.toString(), "cannot be deleted (" + e + "); is its place writable?", e);
    }
  }

  private static Set<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  static DataFileException unreadable(Path directory, IOException cause) {
    return new DataFileException(
        directory.toString(), "cannot be read (" + cause + "); is it readable?", cause);
  }
}
