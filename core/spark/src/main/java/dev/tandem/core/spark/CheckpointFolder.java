package dev.tandem.core.spark;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.data.DataFileException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of a run in a file system that driver and workers share, each a folder named
 * after its step, as in {@code step-000012000}. It is written beside and then takes its name; and
 * it counts only if all files are there that its list names, with their lengths, as where a file
 * system renames a folder file by file.
 */
final class CheckpointFolder {

  /** The list of a checkpoint's files, the last that is written. */
  static final String LIST = "whole.txt";

  private static final Logger LOG = LoggerFactory.getLogger(CheckpointFolder.class);
  private static final Pattern NAME = Pattern.compile("(new-|old-)?step-(\\p{Nd}{1,18})");
  private static final String NEW = "new-";
  private static final String OLD = "old-";

  private final Path folder;
  private final Configuration settings;
  private final int kept;

  CheckpointFolder(String folder, Configuration settings, int kept) {
    this.folder = new Path(folder);
    this.settings = settings;
    this.kept = kept;
  }

  private FileSystem files() throws IOException {
    return folder.getFileSystem(settings);
  }

  /**
   * Refuses a folder that cannot be written.
   *
   * @throws DataFileException if it cannot
   */
  void requireWritable() {
    Path probe = new Path(folder, "probe-" + UUID.randomUUID());
    try {
      FileSystem files = files();
      files.mkdirs(folder);
      try (OutputStream out = files.create(probe, false)) {
        out.write(1);
      }
      require(files.delete(probe, false), "a file cannot be deleted", probe);
    } catch (IOException | RuntimeException e) {
      throw unwritable(folder, e);
    }
  }

  /** The name of the newest checkpoint that is whole, if there is one. */
  Optional<String> newest() {
    try {
      for (Path path : steps().reverse()) {
        if (isWhole(path)) {
          return Optional.of(path.getName());
        }
        LOG.warn("{}: is not whole and not taken: whoever wrote it came to no end", path);
      }
      return Optional.empty();
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  /** The step of a checkpoint, by its name; -1 if it is none. */
  static long step(String name) {
    Matcher matcher = NAME.matcher(name);
    return matcher.matches() ? Long.parseLong(matcher.group(2)) : -1;
  }

  /** All folders with a step in their name, by steps. */
  private ImmutableList<Path> steps() throws IOException {
    FileSystem files = files();
    if (!files.exists(folder)) {
      return ImmutableList.of();
    }
    return Stream.of(files.listStatus(folder))
        .filter(FileStatus::isDirectory)
        .map(FileStatus::getPath)
        .filter(path -> step(path.getName()) >= 0)
        .sorted(
            Comparator.comparingLong((Path path) -> step(path.getName()))
                .thenComparing(path -> !isDraft(path)))
        .collect(ImmutableList.toImmutableList());
  }

  private static boolean isDraft(Path path) {
    return path.getName().startsWith(NEW) || path.getName().startsWith(OLD);
  }

  /** One file of a checkpoint. */
  private record Entry(String name, long length) {}

  private List<Entry> list(Path checkpoint) throws IOException {
    List<Entry> entries = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                files().open(new Path(checkpoint, LIST)), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int blank = line.indexOf(' ');
        entries.add(new Entry(line.substring(blank + 1), Long.parseLong(line.substring(0, blank))));
      }
    } catch (RuntimeException e) {
      throw new IOException(checkpoint + "/" + LIST + " is damaged", e);
    }
    return entries;
  }

  private boolean isWhole(Path checkpoint) throws IOException {
    FileSystem files = files();
    if (!files.exists(new Path(checkpoint, LIST))) {
      return false;
    }
    for (Entry entry : list(checkpoint)) {
      Path file = new Path(checkpoint, entry.name());
      if (!files.exists(file) || files.getFileStatus(file).getLen() != entry.length()) {
        return false;
      }
    }
    return true;
  }

  /**
   * Copies a checkpoint to this machine.
   *
   * @param name of it
   * @param target a new folder
   */
  void fetch(String name, java.nio.file.Path target) {
    Path checkpoint = new Path(folder, name);
    try {
      for (Entry entry : list(checkpoint)) {
        java.nio.file.Path file = target.resolve(entry.name());
        Files.createDirectories(Optional.ofNullable(file.getParent()).orElse(target));
        try (InputStream in = files().open(new Path(checkpoint, entry.name()))) {
          long length = Files.copy(in, file);
          require(length == entry.length(), "is cut: its length is " + length, checkpoint);
        }
      }
    } catch (IOException | RuntimeException e) {
      throw unreadable(checkpoint, e);
    }
  }

  /**
   * Writes a checkpoint, whole or not at all, and deletes those that are too many.
   *
   * @param local its folder on this machine, named after its step; those of later steps are of what
   *     the run went back from, and are deleted
   */
  void publish(java.nio.file.Path local) {
    String name = String.valueOf(local.getFileName());
    Path target = new Path(folder, name);
    Path draft = new Path(folder, NEW + name);
    try {
      FileSystem files = files();
      files.delete(draft, true);
      try {
        write(local, draft);
        deleteLaterThan(step(name));
        if (files.exists(target)) {
          Path old = new Path(folder, OLD + name);
          files.delete(old, true);
          require(files.rename(target, old), "cannot be renamed", target);
        }
        require(files.rename(draft, target), "cannot be renamed", draft);
      } catch (IOException | RuntimeException e) {
        files.delete(draft, true);
        throw e;
      }
      deleteOld();
    } catch (IOException | RuntimeException e) {
      throw unwritable(target, e);
    }
  }

  private void write(java.nio.file.Path local, Path draft) throws IOException {
    FileSystem files = files();
    files.mkdirs(draft);
    StringBuilder list = new StringBuilder();
    List<java.nio.file.Path> all;
    try (Stream<java.nio.file.Path> paths = Files.walk(local)) {
      all = paths.filter(Files::isRegularFile).sorted().toList();
    }
    for (java.nio.file.Path file : all) {
      String name = local.relativize(file).toString().replace('\\', '/');
      try (OutputStream out = files.create(new Path(draft, name), true)) {
        long length = Files.copy(file, out);
        list.append(length).append(' ').append(name).append('\n');
      }
    }
    try (OutputStream out = files.create(new Path(draft, LIST), true)) {
      out.write(list.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  private void deleteLaterThan(long step) throws IOException {
    for (Path path : steps().reverse()) {
      if (step(path.getName()) > step) {
        files().delete(path, true);
      }
    }
  }

  private void deleteOld() throws IOException {
    List<Path> whole = new ArrayList<>(steps());
    for (Path path : steps()) {
      if (isDraft(path)) {
        files().delete(path, true);
        whole.remove(path);
      }
    }
    for (Path path : whole.subList(0, Math.max(0, whole.size() - kept))) {
      // the list first, so that there is no time at which it looks whole
      files().delete(new Path(path, LIST), false);
      files().delete(path, true);
    }
  }

  private static void require(boolean done, String problem, Path path) throws IOException {
    if (!done) {
      throw new IOException(path + " " + problem);
    }
  }

  private static DataFileException unwritable(Path path, Exception cause) {
    return new DataFileException(
        path.toString(),
        "cannot be written ("
            + cause
            + "); is it reachable from every worker and writable, with space left? Checkpoints"
            + " before it are whole",
        cause);
  }

  private static DataFileException unreadable(Path path, Exception cause) {
    return new DataFileException(
        path.toString(),
        "cannot be read (" + cause + "); is it reachable and readable from every worker?",
        cause);
  }

  @Override
  public String toString() {
    return folder.toString();
  }
}
