package dev.tandem.examples.cli;

import dev.tandem.core.data.DataFileException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder that a run writes to: made if need be, and no other run's until it is closed. */
public final class RunFolder implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RunFolder.class);
  private static final String LOCK = ".lock";
  private static final int LOOKS = 5;
  private static final long LOOK_NANOS = 20_000_000;

  /** What there is in a folder before a run begins. */
  private static final String UNUSED = "\\.lock|images-.*\\.bin";

  private final Path path;
  private final FileChannel channel;

  private RunFolder(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Takes a folder.
   *
   * @throws DataFileException if it is a file, cannot be made or written to, or another run, of
   *     this process or another one, has it
   */
  public static RunFolder open(Path path) {
    return open(path, path.resolve(LOCK));
  }

  /**
   * Takes a folder that holds nothing but a model: its lock lies beside it.
   *
   * @throws DataFileException as {@link #open}
   */
  public static RunFolder ofModel(Path path) {
    Path whole = path.toAbsolutePath().normalize();
    return open(path, whole.resolveSibling("." + whole.getFileName() + LOCK));
  }

  private static RunFolder open(Path path, Path lock) {
    try {
      Files.createDirectories(path);
    } catch (FileAlreadyExistsException e) {
      throw new DataFileException(
          path.toString(), "is a file, not a folder; give --out a folder, new or old", e);
    } catch (IOException e) {
      throw new DataFileException(
          path.toString(), "cannot be made (" + e + "); give --out a folder that can", e);
    }
    FileChannel channel;
    try {
      channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new DataFileException(
          path.toString(), "cannot be written to (" + e + "); give --out another folder", e);
    }
    RunFolder folder = new RunFolder(path, channel);
    if (!folder.lock()) {
      folder.close();
      throw new DataFileException(
          path.toString(),
          "is where another run writes to now; wait for it, or give another --out");
    }
    return folder;
  }

  /**
   * Deletes a folder that a run was going to have and that holds nothing but pictures that were
   * read for it; leaves any other.
   */
  public static void discardUnused(Path path) {
    if (!Files.isDirectory(path)) {
      return;
    }
    try (RunFolder folder = open(path)) {
      folder.deleteUnused();
    } catch (IOException | DataFileException e) {
      LOG.warn("{} is not needed and cannot be deleted ({})", path, e.toString());
    }
  }

  private void deleteUnused() throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.list(path)) {
      all = files.toList();
    }
    if (all.stream().allMatch(file -> file.getFileName().toString().matches(UNUSED))) {
      for (Path file : all) {
        Files.delete(file);
      }
      Files.delete(path);
    }
  }

  /**
   * The lock goes with the channel, also when the process is killed. Asks again for a moment: who
   * only looks whether a run is there holds a lock while looking.
   */
  private boolean lock() {
    try {
      FileLock lock = channel.tryLock();
      for (int i = 0; lock == null && i < LOOKS; i++) {
        LockSupport.parkNanos(LOOK_NANOS);
        lock = channel.tryLock();
      }
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    } catch (IOException e) {
      LOG.warn("{} cannot be locked ({}); let no other run write to it", path, e.toString());
      return true;
    }
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.warn("{} cannot be released ({})", path, e.toString());
    }
  }
}
