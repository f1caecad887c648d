package dev.tandem.gan.data;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import com.google.common.primitives.Ints;
import dev.tandem.core.data.DataFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.zip.CRC32C;

/**
 * Writes a {@link PixelFile} under a name of its own, image by image; it gets its name when it is
 * whole, and is deleted if it does not come to that.
 */
final class PixelFileWriter implements AutoCloseable {

  private static final int BUFFER = 1 << 20;

  private final Path target;
  private final Path part;
  private final boolean madeFolder;
  private final FileChannel channel;
  private final CRC32C checksum = new CRC32C();
  private final Hasher digest = Hashing.sha256().newHasher();
  private ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
  private int[] labels = new int[1024];
  private int count;
  private boolean published;

  private PixelFileWriter(Path target, Path part, boolean madeFolder) throws IOException {
    this.target = target;
    this.madeFolder = madeFolder;
    this.part = part;
    this.channel =
        FileChannel.open(
            part, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /**
   * Begins a file.
   *
   * @param needed the bytes that it will have, nearly
   * @throws DataFileException if there is no place for it
   */
  static PixelFileWriter create(Path target, long needed) {
    Path folder = target.toAbsolutePath().getParent();
    try {
      boolean isNew = !Files.exists(folder);
      Files.createDirectories(folder);
      long free = Files.getFileStore(folder).getUsableSpace();
      if (free < needed) {
        if (isNew) {
          Files.delete(folder);
        }
        throw new DataFileException(
            target.toString(),
            String.format(
                Locale.ROOT,
                "needs %s for the images as bytes, and its disk has %s left; make room, take"
                    + " smaller images, or name a folder elsewhere for it",
                Amounts.bytes(needed),
                Amounts.bytes(free)));
      }
      PixelFileWriter writer =
          new PixelFileWriter(
              target,
              target.resolveSibling(target.getFileName() + "." + UUID.randomUUID() + ".part"),
              isNew);
      writer.put(PixelFile.START, PixelFile.START.length);
      return writer;
    } catch (IOException e) {
      throw failed(target, e);
    }
  }

  private static DataFileException failed(Path target, IOException cause) {
    return new DataFileException(
        target.toString(),
        "cannot be written ("
            + cause
            + "); nothing was left of it. Is there room on the disk, and may its folder be written"
            + " to? Else name another one",
        cause);
  }

  /** Adds an image. */
  void add(byte[] levels, int length, int label) {
    try {
      put(levels, length);
      digest.putBytes(levels, 0, length);
      labels = Ints.ensureCapacity(labels, count + 1, count);
      labels[count++] = label;
    } catch (IOException e) {
      throw failed(target, e);
    }
  }

  int count() {
    return count;
  }

  /**
   * A writer in place of this one, that was given the first byte of each pixel.
   *
   * @param channels of the images here
   * @param length of an image here
   */
  PixelFileWriter firstOf(int channels, int length) {
    PixelFileWriter narrow = create(target, count * (long) length / channels);
    try {
      flush();
      byte[] levels = new byte[length / channels];
      ByteBuffer image = ByteBuffer.allocate(length);
      for (int i = 0; i < count; i++) {
        image.clear();
        long at = PixelFile.START.length + (long) i * length;
        while (image.hasRemaining() && channel.read(image, at + image.position()) >= 0) {
          // Goes on where it stopped.
        }
        for (int j = 0; j < levels.length; j++) {
          levels[j] = image.get(j * channels);
        }
        narrow.add(levels, levels.length, labels[i]);
      }
    } catch (IOException e) {
      narrow.close();
      throw failed(target, e);
    }
    close();
    return narrow;
  }

  /**
   * Ends the file and gives it its name, in place of any that has it.
   *
   * @param index of the file, given the digest of its content
   */
  void publish(Function<String, PixelIndex> index) {
    try {
      ByteBuffer all = ByteBuffer.allocate(count * Integer.BYTES);
      for (int i = 0; i < count; i++) {
        all.putInt(labels[i]);
      }
      put(all.array(), all.capacity());
      digest.putBytes(all.array());
      byte[] json = index.apply(digest.hash().toString()).toJson();
      put(json, json.length);
      put(Ints.toByteArray(json.length), Integer.BYTES);
      flush();
      put(Ints.toByteArray((int) checksum.getValue()), Integer.BYTES);
      flush();
      channel.force(false);
      channel.close();
      try {
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
      }
      published = true;
    } catch (IOException e) {
      throw failed(target, e);
    }
  }

  private void put(byte[] bytes, int length) throws IOException {
    if (length > buffer.remaining()) {
      flush();
      if (length > buffer.capacity()) {
        buffer = ByteBuffer.allocate(length);
      }
    }
    buffer.put(bytes, 0, length);
  }

  private void flush() throws IOException {
    buffer.flip();
    checksum.update(buffer.duplicate());
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    buffer.clear();
  }

  /** Deletes what was not published, and a folder that was made for it. */
  @Override
  public void close() {
    try {
      channel.close();
      Files.deleteIfExists(part);
      if (madeFolder && !published) {
        deleteIfEmpty(Objects.requireNonNull(part.toAbsolutePath().getParent()));
      }
    } catch (IOException e) {
      throw failed(target, e);
    }
  }

  private static void deleteIfEmpty(Path folder) throws IOException {
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException e) {
      // Somebody else's by now.
    }
  }
}
