package dev.tandem.core.spark.rows;

import com.google.common.hash.Hashing;
import com.google.common.hash.HashingInputStream;
import dev.tandem.core.data.Column;
import dev.tandem.core.data.DataFileException;
import dev.tandem.core.data.MappedRows;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;

/** Rows on the disk of one machine. */
final class RowsCopy {

  private static final int LETTERS = 16;

  /** Those that are mapped in this process: for workers that are threads of it, and later runs. */
  private static final ConcurrentMap<String, MappedRows> OPEN = new ConcurrentHashMap<>();

  private RowsCopy() {}

  /**
   * Where a copy lies.
   *
   * @param directory of the disk
   * @param stays whether it is used again by other processes
   */
  record Place(Path directory, boolean stays) {

    /**
     * The folder that Spark has for its blocks in this process: YARN's, its own, or the system's.
     */
    static Place ofSpark() {
      return new Place(Path.of(first("LOCAL_DIRS", "SPARK_LOCAL_DIRS")), false);
    }

    static Place kept(Path directory) {
      return new Place(directory, true);
    }

    private static String first(String... variables) {
      return Stream.of(variables)
          .map(System::getenv)
          .filter(value -> value != null && !value.isBlank())
          .map(value -> value.split(",", -1)[0].strip())
          .findFirst()
          .orElse(System.getProperty("java.io.tmpdir"));
    }
  }

  static MappedRows open(SharedFolder folder, Place place) {
    RowsManifest manifest = folder.manifest();
    String digest = manifest.digest();
    return OPEN.computeIfAbsent(
        place.directory().toAbsolutePath() + " " + digest,
        key -> copied(folder, manifest, place, "rows-" + digest.substring(0, LETTERS)));
  }

  private static MappedRows copied(
      SharedFolder folder, RowsManifest manifest, Place place, String name) {
    Path file = place.directory().resolve(name + ".bin");
    long bytes = manifest.rows() * manifest.rowBytes();
    try {
      if (place.stays() && Files.exists(file) && Files.size(file) == bytes) {
        return map(file, manifest);
      }
      Files.createDirectories(place.directory());
      requireRoom(place, bytes, folder);
      Path part = place.directory().resolve(name + "." + UUID.randomUUID() + ".part");
      try {
        copy(folder, manifest, part);
        if (place.stays()) {
          Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
          return map(file, manifest);
        }
        return map(part, manifest); // stays mapped, and needs no name any more
      } finally {
        deleteOrAtTheEnd(part);
      }
    } catch (IOException e) {
      throw new DataFileException(
          file.toString(),
          "cannot be written ("
              + e
              + "): the rows of "
              + folder.path()
              + " are copied there; is the disk in order? Else give a folder to openIn",
          e);
    }
  }

  private static void deleteOrAtTheEnd(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      file.toFile().deleteOnExit(); // a system that keeps files while they are mapped
    }
  }

  private static void requireRoom(Place place, long bytes, SharedFolder folder) throws IOException {
    long free = Files.getFileStore(place.directory()).getUsableSpace();
    if (free < bytes) {
      throw new DataFileException(
          place.directory().toString(),
          String.format(
              Locale.ROOT,
              "has %.1f MB left, and the rows of %s take %.1f MB; make room, or give a folder of"
                  + " another disk to openIn",
              free / 1e6,
              folder.path(),
              bytes / 1e6));
    }
  }

  private static void copy(SharedFolder folder, RowsManifest manifest, Path to) throws IOException {
    try (OutputStream out = Files.newOutputStream(to)) {
      for (RowsManifest.Part part : manifest.parts()) {
        try (HashingInputStream in =
            new HashingInputStream(Hashing.sha256(), opened(folder, part))) {
          long copied = in.transferTo(out);
          if (copied != part.rows() * manifest.rowBytes()
              || !in.hash().toString().equals(part.digest())) {
            throw new DataFileException(
                folder.path() + "/" + part.file(),
                "is not what was written (its "
                    + copied
                    + " bytes have another digest); delete the folder, and write the rows anew");
          }
        }
      }
    }
  }

  private static InputStream opened(SharedFolder folder, RowsManifest.Part part) {
    return folder.open(part.file());
  }

  private static MappedRows map(Path file, RowsManifest manifest) {
    return MappedRows.of(
        file, 0, ByteOrder.LITTLE_ENDIAN, manifest.columns().toArray(Column[]::new));
  }
}
