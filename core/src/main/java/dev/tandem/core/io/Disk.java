package dev.tandem.core.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The steps that saving takes on disk. Each is told to {@link #done} when it is over, so that a
 * test can end a save after any of them, as a killed process would.
 */
class Disk {

  /** The file systems of this machine. */
  static final Disk LOCAL = new Disk();

  /** Called after each step. */
  void done(String step, Path path) {}

  /** Makes a directory with those it lies in, for good. */
  void createDirectories(Path directory) throws IOException {
    Deque<Path> missing = new ArrayDeque<>();
    Path path = directory.toAbsolutePath();
    while (path != null && !Files.exists(path)) {
      missing.push(path);
      path = path.getParent();
    }
    Files.createDirectories(directory);
    done("create directory", directory);
    for (Path made : missing) {
      Path parent = made.getParent();
      if (parent != null) {
        forceDirectory(parent);
      }
    }
  }

  /** Opens a new file for writing, in place of one that may be there. */
  FileChannel create(Path file) throws IOException {
    delete(file);
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    done("create", file);
    return channel;
  }

  /** Writes all that is left in a buffer. */
  void write(FileChannel channel, ByteBuffer bytes, Path file) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    done("write", file);
  }

  /** Waits until a file's content would survive a power failure. */
  void force(FileChannel channel, Path file) throws IOException {
    channel.force(true);
    done("force", file);
  }

  /** Gives a file the name of another, in place of it: at no time is there none of this name. */
  void replace(Path file, Path other) throws IOException {
    Files.move(file, other, StandardCopyOption.ATOMIC_MOVE);
    done("replace", other);
  }

  /** Deletes a file or an empty directory, if there is one. */
  void delete(Path path) throws IOException {
    if (Files.deleteIfExists(path)) {
      done("delete", path);
    }
  }

  /** Waits until the names in a directory would survive a power failure, where systems can. */
  void forceDirectory(Path directory) throws IOException {
    if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
    done("force directory", directory);
  }
}
