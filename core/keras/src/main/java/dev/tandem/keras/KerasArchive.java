package dev.tandem.keras;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.core.data.DataFileException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A {@code .keras} file. Three entries are read, by their exact names, and nothing is unpacked but
 * the weights, into a temporary file.
 */
final class KerasArchive {

  static final String CONFIG = "config.json";
  static final String METADATA = "metadata.json";
  static final String WEIGHTS = "model.weights.h5";

  /** Up to this size an entry may be packed as much as it likes. */
  private static final long BELIEVED_BYTES = 1L << 26;

  /** Keras packs nothing; others that pack it again do not come to this. */
  private static final long MOST_EXPANSION = 100;

  private KerasArchive() {}

  static SavedFile open(String file, Path path) throws IOException {
    try (ZipFile zip = new ZipFile(path.toFile())) {
      if (zip.getEntry(CONFIG) == null) {
        throw new DataFileException(
            file,
            "is a zip, but no .keras file: it has no "
                + CONFIG
                + "; it has "
                + zip.stream().limit(5).map(ZipEntry::getName).toList());
      }
      JsonNode config = json(file, zip, CONFIG);
      Optional<String> version =
          zip.getEntry(METADATA) == null ? Optional.empty() : version(json(file, zip, METADATA));
      ZipEntry weights = zip.getEntry(WEIGHTS);
      if (weights == null) {
        throw new DataFileException(
            file,
            "has no "
                + WEIGHTS
                + (zip.getEntry("model.weights.npz") == null
                    ? "; save the model again"
                    : ", but model.weights.npz; save it in Keras with weights_format=\"h5\""));
      }
      Path temporary = Files.createTempFile("tandem-keras-", ".h5");
      try {
        unpack(file, zip, weights, temporary);
        Hdf5 hdf5 = Hdf5.open(file + "!" + WEIGHTS, temporary);
        return new SavedFile(file, SavedFile.Format.KERAS_3, config, version, hdf5, temporary);
      } catch (IOException | RuntimeException error) {
        Files.deleteIfExists(temporary);
        throw error;
      }
    } catch (ZipException error) {
      throw new DataFileException(
          file,
          "is no whole zip ("
              + error.getMessage()
              + "); it may have been cut while it was copied: copy or save it again",
          error);
    }
  }

  static Optional<String> version(JsonNode metadata) {
    JsonNode version = metadata.get("keras_version");
    return version == null ? Optional.empty() : Optional.of(version.asText());
  }

  private static JsonNode json(String file, ZipFile zip, String name) throws IOException {
    try (InputStream in = zip.getInputStream(zip.getEntry(name))) {
      return SavedFile.json(file, name, SavedFile.text(file, name, in));
    }
  }

  private static void unpack(String file, ZipFile zip, ZipEntry entry, Path to) throws IOException {
    long most = Math.max(BELIEVED_BYTES, entry.getCompressedSize() * MOST_EXPANSION);
    byte[] some = new byte[1 << 16];
    long total = 0;
    try (InputStream in = zip.getInputStream(entry);
        OutputStream out = Files.newOutputStream(to)) {
      for (int read = in.read(some); read >= 0; read = in.read(some)) {
        total += read;
        if (total > most) {
          throw new DataFileException(
              file,
              entry.getName()
                  + " grows to more than "
                  + MOST_EXPANSION
                  + " times of the "
                  + entry.getCompressedSize()
                  + " bytes that are stored; it is not unpacked, for it would fill the disk with"
                  + " nothing");
        }
        out.write(some, 0, read);
      }
    }
  }
}
