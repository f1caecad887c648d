package dev.tandem.core.io;

import dev.tandem.core.data.DataFileException;
import dev.tandem.core.op.Variable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A save opened for reading. It stays what it was when it was opened, also while another process
 * saves in its place.
 */
final class Save implements AutoCloseable {

  private static final int CHUNK = 1 << 20;
  private static final int ATTEMPTS = 10;
  private static final String TAKE_ANOTHER = "nothing was loaded; take another copy";

  private final Path directory;
  private final Manifest manifest;
  private final FileChannel channel;

  private Save(Path directory, Manifest manifest, FileChannel channel) {
    this.directory = directory;
    this.manifest = manifest;
    this.channel = channel;
  }

  /**
   * Opens what is saved in a directory and checks the manifest and the length of the arrays.
   *
   * @throws DataFileException if there is nothing, or nothing that this library can read
   */
  static Save open(Path directory) {
    try {
      for (int attempt = 1; ; attempt++) {
        String text = text(directory);
        Manifest manifest = Manifest.parse(directory.toString(), text, TAKE_ANOTHER);
        Optional<FileChannel> channel = arrays(directory.resolve(manifest.arraysFile()));
        if (text(directory).equals(text)) {
          return new Save(
              directory, manifest, requireWhole(directory, manifest, channel.orElse(null)));
        }
        if (channel.isPresent()) {
          channel.get().close(); // a save came in between: the arrays may be of either
        }
        if (attempt == ATTEMPTS) {
          throw new DataFileException(
              directory.toString(), "was replaced " + ATTEMPTS + " times while it was opened");
        }
      }
    } catch (IOException e) {
      throw Target.unreadable(directory, e);
    }
  }

  private static Optional<FileChannel> arrays(Path file) throws IOException {
    try {
      return Optional.of(FileChannel.open(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static FileChannel requireWhole(
      Path directory, Manifest manifest, @Nullable FileChannel channel) throws IOException {
    if (channel == null) {
      throw new DataFileException(
          directory.toString(),
          "has no "
              + manifest.arraysFile()
              + ", which holds its arrays; nothing was loaded; copy the whole directory");
    }
    long length = channel.size();
    if (length != manifest.arraysLength()) {
      channel.close();
      throw new DataFileException(
          directory.toString(),
          manifest.arraysFile()
              + " holds "
              + length
              + " bytes, not "
              + manifest.arraysLength()
              + (length < manifest.arraysLength() ? ": it was cut off" : "")
              + "; "
              + TAKE_ANOTHER);
    }
    return channel;
  }

  private static String text(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      boolean file = Files.exists(directory);
      throw new DataFileException(
          directory.toString(),
          (file ? "is a file, not a directory" : "does not exist")
              + "; give the directory that was saved to");
    }
    try {
      byte[] bytes = Files.readAllBytes(directory.resolve(Manifest.FILE));
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw new DataFileException(directory.toString(), Target.describeWithoutSave(directory), e);
    }
  }

  Path directory() {
    return directory;
  }

  Manifest manifest() {
    return manifest;
  }

  /**
   * Reads arrays into variables of their shapes and types; first all checksums, then the values.
   *
   * @throws DataFileException if a checksum differs; nothing was written then
   */
  void read(Map<Variable, ArrayEntry> wanted) {
    try {
      ByteBuffer buffer = ByteBuffer.allocateDirect(CHUNK);
      for (ArrayEntry entry : wanted.values()) {
        check(entry, buffer);
      }
      for (Map.Entry<Variable, ArrayEntry> entry : wanted.entrySet()) {
        read(entry.getValue(), entry.getKey());
      }
    } catch (IOException e) {
      throw Target.unreadable(directory, e);
    }
  }

  private void check(ArrayEntry entry, ByteBuffer buffer) throws IOException {
    CRC32C crc = new CRC32C();
    for (long at = entry.offset(); at < entry.end(); ) {
      buffer.clear().limit((int) Math.min(CHUNK, entry.end() - at));
      at += fill(buffer, at);
      crc.update(buffer.flip());
    }
    if ((int) crc.getValue() != entry.crc()) {
      throw new DataFileException(
          directory.toString(),
          "array \""
              + entry.name()
              + "\" in "
              + manifest.arraysFile()
              + " is damaged: its checksum differs; "
              + TAKE_ANOTHER);
    }
  }

  private void read(ArrayEntry entry, Variable variable) throws IOException {
    long[] at = {entry.offset()};
    ArrayMemory.write(variable.arrayToFill(), bytes -> at[0] += fill(bytes, at[0]));
    variable.announceChange();
  }

  /** Fills a buffer from a position of the file on, and says how many bytes that took. */
  private int fill(ByteBuffer buffer, long position) throws IOException {
    int length = buffer.remaining();
    long at = position;
    while (buffer.hasRemaining()) {
      int read = channel.read(buffer, at);
      if (read < 0) {
        throw new EOFException("the file became shorter while it was read");
      }
      at += read;
    }
    return length;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw Target.unreadable(directory, e);
    }
  }
}
