package dev.tandem.cuda.driver;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The folder in which machine code of kernels is kept between runs. It is held below a size and
 * nothing stays in it that was not used for long; any number of processes may use it at once.
 *
 * @param folder where it is, whether there is one yet or not
 * @param files of machine code in it
 * @param bytes of all files in it
 */
public record KernelCache(Path folder, int files, long bytes) {

  /** What is held when a process begins to use it: 512 MiB. */
  public static final long MOST_BYTES = 512L << 20;

  /** How long a file stays that nobody used. */
  static final Duration LONGEST = Duration.ofDays(90);

  /** How long a file may be in the making. */
  private static final Duration MAKING = Duration.ofHours(1);

  static final String CODE = ".cubin";
  static final String DRAFT = ".tmp";

  private record Entry(Path path, long bytes, Instant used) {}

  /** That of this user: in {@code XDG_CACHE_HOME}, else in {@code ~/.cache}. */
  public static KernelCache ofUser() {
    return of(CubinStore.folderOfUser());
  }

  static KernelCache of(Path folder) {
    List<Entry> all = entries(folder);
    return new KernelCache(
        folder,
        (int) all.stream().filter(entry -> entry.path().toString().endsWith(CODE)).count(),
        all.stream().mapToLong(Entry::bytes).sum());
  }

  /** Deletes what was not used for long, then the oldest until the rest is below a size. */
  static void trim(Path folder, long most, Instant now) {
    List<Entry> all = entries(folder);
    all.sort(Comparator.comparing(Entry::used));
    long bytes = all.stream().mapToLong(Entry::bytes).sum();
    for (Entry entry : all) {
      boolean isDraft = entry.path().toString().endsWith(DRAFT);
      boolean isFresh = entry.used().isAfter(now.minus(MAKING));
      boolean isOld = entry.used().isBefore(now.minus(isDraft ? MAKING : LONGEST));
      if (isOld || (bytes > most && !(isDraft && isFresh))) {
        delete(entry.path());
        bytes -= entry.bytes();
      }
    }
  }

  /** Files of this cache alone; what another process deletes meanwhile is not there. */
  private static List<Entry> entries(Path folder) {
    List<Entry> all = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.{cubin,tmp,cu}")) {
      for (Path path : files) {
        try {
          all.add(new Entry(path, Files.size(path), Files.getLastModifiedTime(path).toInstant()));
        } catch (NoSuchFileException e) {
          // gone
        }
      }
    } catch (IOException e) {
      return all;
    }
    return all;
  }

  private static void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      // another time
    }
  }
}
