package dev.tandem.dashboard.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A text file that grows, read from where the last reading ended. A last line without an end waits
 * until it has one. A file that was replaced, cut off or written anew is read from its start.
 */
final class LineTail {

  /** What takes the lines. */
  interface Lines {

    /** The file begins, or begins anew: forget what came before. */
    void begin();

    /** A line without its end. */
    void line(byte[] bytes, int from, int length);
  }

  private static final int CHUNK = 1 << 18;
  private static final int MOST_OF_A_LINE = 1 << 20;
  private static final int MARK = 64;
  private static final Set<OpenOption> READ =
      Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

  private final Path file;
  private long offset;
  private boolean skipping;
  private @Nullable Object key;
  private @Nullable FileTime changed;
  private long size = -1;
  private byte[] mark = new byte[0];

  LineTail(Path file) {
    this.file = file;
  }

  /** When the file was last written to, as of the last reading; null if it was not there. */
  @Nullable FileTime changed() {
    return changed;
  }

  /** Lets the next reading begin at the start. */
  void rewind() {
    key = null;
    changed = null;
    size = -1;
    offset = 0;
    mark = new byte[0];
  }

  /**
   * Reads what has come since.
   *
   * @return whether anything has
   * @throws IOException if the file is there and cannot be read
   */
  boolean read(Lines lines) throws IOException {
    BasicFileAttributes now = attributes(file);
    if (now == null) {
      boolean was = changed != null;
      if (was) {
        rewind();
        lines.begin();
      }
      return was;
    }
    if (now.lastModifiedTime().equals(changed)
        && now.size() == size
        && Objects.equals(now.fileKey(), key)) {
      return false;
    }
    try (SeekableByteChannel channel = open(file)) {
      if (changed == null || !Objects.equals(now.fileKey(), key) || !goesOn(channel)) {
        offset = 0;
        skipping = false;
        mark = new byte[0];
        lines.begin();
      }
      key = now.fileKey();
      changed = now.lastModifiedTime();
      size = now.size();
      take(channel, lines);
    }
    return true;
  }

  /** The attributes of a file that is one itself, no link to another; null if there is none. */
  static @Nullable BasicFileAttributes attributes(Path file) {
    try {
      BasicFileAttributes found =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return found.isRegularFile() ? found : null;
    } catch (IOException e) {
      return null; // gone, or not there yet
    }
  }

  /** Opens a file, but no link to one. */
  static SeekableByteChannel open(Path file) throws IOException {
    return Files.newByteChannel(file, READ);
  }

  /** Whether what was read last is still there, where it was. */
  private boolean goesOn(SeekableByteChannel channel) throws IOException {
    if (channel.size() < offset) {
      return false;
    }
    byte[] there = new byte[mark.length];
    channel.position(offset - mark.length);
    ByteBuffer buffer = ByteBuffer.wrap(there);
    while (buffer.hasRemaining() && channel.read(buffer) >= 0) {}
    return Arrays.equals(there, mark);
  }

  private void take(SeekableByteChannel channel, Lines lines) throws IOException {
    byte[] buffer = new byte[CHUNK];
    int held = 0;
    channel.position(offset);
    while (true) {
      if (held == buffer.length) {
        if (held >= MOST_OF_A_LINE) {
          skipping = true; // no line of ours is so long
          offset += held;
          mark = new byte[0];
          held = 0;
        } else {
          buffer = Arrays.copyOf(buffer, 2 * held);
        }
      }
      int read = channel.read(ByteBuffer.wrap(buffer, held, buffer.length - held));
      if (read <= 0) {
        return;
      }
      int end = held + read;
      int begin = 0;
      for (int i = held; i < end; i++) {
        if (buffer[i] == '\n') {
          if (!skipping) {
            lines.line(buffer, begin, i - begin);
          }
          skipping = false;
          begin = i + 1;
        }
      }
      if (begin > 0) {
        offset += begin;
        mark = Arrays.copyOfRange(buffer, Math.max(0, begin - MARK), begin);
        System.arraycopy(buffer, begin, buffer, 0, end - begin);
      }
      held = end - begin;
    }
  }
}
