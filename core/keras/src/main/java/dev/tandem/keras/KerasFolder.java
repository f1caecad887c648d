package dev.tandem.keras;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.core.data.DataFileException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A folder with the contents of a {@code .keras} file, as {@code zipped=False} leaves it. */
final class KerasFolder {

  private KerasFolder() {}

  static SavedFile open(String file, Path folder) throws IOException {
    if (Files.exists(folder.resolve("saved_model.pb"))) {
      throw new DataFileException(
          file,
          "is a SavedModel of TensorFlow, a graph without layers; load it in Keras 2 and save it"
              + " again with model.save(\"model.keras\") or model.save(\"model.h5\")");
    }
    Path config = folder.resolve(KerasArchive.CONFIG);
    Path weights = folder.resolve(KerasArchive.WEIGHTS);
    if (!Files.exists(config) || !Files.exists(weights)) {
      throw new DataFileException(
          file,
          "is a folder without "
              + KerasArchive.CONFIG
              + " and "
              + KerasArchive.WEIGHTS
              + "; give the .keras or .h5 file itself");
    }
    JsonNode json = read(file, config);
    Path metadata = folder.resolve(KerasArchive.METADATA);
    Optional<String> version =
        Files.exists(metadata) ? KerasArchive.version(read(file, metadata)) : Optional.empty();
    return new SavedFile(
        file,
        SavedFile.Format.KERAS_3,
        json,
        version,
        Hdf5.open(weights.toString(), weights),
        null);
  }

  private static JsonNode read(String file, Path json) throws IOException {
    String name = String.valueOf(json.getFileName());
    try (InputStream in = Files.newInputStream(json)) {
      return SavedFile.json(file, name, SavedFile.text(file, name, in));
    }
  }
}
