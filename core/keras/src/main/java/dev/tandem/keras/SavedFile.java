package dev.tandem.keras;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tandem.core.data.DataFileException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A file or folder that Keras saved, opened: its weights, and what it says of the model. */
final class SavedFile implements AutoCloseable {

  /** Which of its ways Keras took to write a file. */
  enum Format {
    /** {@code .keras}, a zip of two JSON files and a {@code .weights.h5}. */
    KERAS_3("Keras 3 archive (.keras)"),
    /** {@code .weights.h5}: groups of {@code vars} by class and number. */
    KERAS_3_WEIGHTS("Keras 3 weights (.weights.h5)"),
    /** {@code .h5} of a whole model. */
    LEGACY("whole model in HDF5 (.h5)"),
    /** {@code .h5} of weights, by layer and name. */
    LEGACY_WEIGHTS("weights in HDF5 (.h5)");

    private final String words;

    Format(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  private static final int MOST_JSON_BYTES = 1 << 26;
  private static final byte[] ZIP = {'P', 'K', 3, 4};
  private static final byte[] HDF5 = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private final String file;
  private final Format format;
  private final @Nullable JsonNode config;
  private final Optional<String> kerasVersion;
  private final Hdf5 hdf5;
  private final @Nullable Path temporary;

  SavedFile(
      String file,
      Format format,
      @Nullable JsonNode config,
      Optional<String> kerasVersion,
      Hdf5 hdf5,
      @Nullable Path temporary) {
    this.file = file;
    this.format = format;
    this.config = config;
    this.kerasVersion = kerasVersion;
    this.hdf5 = hdf5;
    this.temporary = temporary;
  }

  /**
   * Opens a file or folder, of whatever kind its first bytes are.
   *
   * @throws DataFileException if it is missing, damaged or no file of Keras; says what it is
   */
  static SavedFile open(Path path) {
    String file = path.toString();
    try {
      if (Files.isDirectory(path)) {
        return KerasFolder.open(file, path);
      }
      if (!Files.exists(path)) {
        throw new DataFileException(
            file, "does not exist; give the file that model.save(...) wrote in Keras");
      }
      byte[] head = head(path);
      if (startsWith(head, ZIP)) {
        return KerasArchive.open(file, path);
      }
      if (startsWith(head, HDF5)) {
        return hdf5(file, Hdf5.open(file, path));
      }
      throw new DataFileException(file, Strangers.describe(head));
    } catch (IOException error) {
      throw new DataFileException(file, "cannot be read (" + error + ")", error);
    } catch (UncheckedIOException error) {
      throw new DataFileException(file, "cannot be read (" + error.getCause() + ")", error);
    }
  }

  private static SavedFile hdf5(String file, Hdf5 hdf5) {
    try {
      Hdf5.Entry root = hdf5.root();
      Optional<String> config = root.text("model_config");
      Optional<String> version = root.text("keras_version");
      if (config.isPresent()) {
        return new SavedFile(
            file, Format.LEGACY, json(file, "model_config", config.get()), version, hdf5, null);
      }
      if (root.texts("layer_names").isPresent()) {
        return new SavedFile(file, Format.LEGACY_WEIGHTS, null, version, hdf5, null);
      }
      if (Keras3Layout.isOne(root)) {
        return new SavedFile(file, Format.KERAS_3_WEIGHTS, null, version, hdf5, null);
      }
      throw new DataFileException(
          file,
          "is an HDF5 file, but none of Keras: it has no attribute model_config or layer_names and"
              + " no group layers; it has "
              + Hdf5.names(root.groups()));
    } catch (RuntimeException error) {
      hdf5.close();
      throw error;
    }
  }

  private static byte[] head(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      return in.readNBytes(256);
    }
  }

  static boolean startsWith(byte[] head, byte[] magic) {
    return head.length >= magic.length
        && Arrays.equals(head, 0, magic.length, magic, 0, magic.length);
  }

  /** Reads JSON as Python writes it, where numbers may be NaN and Infinity. */
  static JsonNode json(String file, String what, String text) {
    try {
      JsonNode node = JSON.readTree(text);
      if (node == null || !node.isObject()) {
        throw new DataFileException(
            file, "has no JSON object in " + what + "; save the model again");
      }
      return node;
    } catch (JsonProcessingException error) {
      throw new DataFileException(
          file,
          "has a broken "
              + what
              + ", "
              + error.getOriginalMessage()
              + (error.getLocation() == null
                  ? ""
                  : " at line "
                      + error.getLocation().getLineNr()
                      + ", column "
                      + error.getLocation().getColumnNr())
              + "; save the model again",
          error);
    }
  }

  /** Reads a text that is not too long to be a configuration. */
  static String text(String file, String what, InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(MOST_JSON_BYTES + 1);
    if (bytes.length > MOST_JSON_BYTES) {
      throw new DataFileException(
          file, "has a " + what + " of more than 64 MiB, which is no configuration of a model");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  String file() {
    return file;
  }

  Format format() {
    return format;
  }

  /** How the model is described; an error for files of weights alone. */
  JsonNode config() {
    if (config == null) {
      throw new DataFileException(
          file,
          "holds weights alone, no model: load them into a model of your own with"
              + " KerasWeights.load(file, model), or save the whole one in Keras with"
              + " model.save(\"model.keras\")");
    }
    return config;
  }

  /** The version of Keras that wrote it, if it says. */
  Optional<String> kerasVersion() {
    return kerasVersion;
  }

  Hdf5 hdf5() {
    return hdf5;
  }

  /** Whether arrays lie by class and number, as Keras 3 writes them. */
  boolean isKeras3() {
    return format == Format.KERAS_3 || format == Format.KERAS_3_WEIGHTS;
  }

  /** Whether it is of Keras 2 or older: files say so, or are of its format and say nothing. */
  boolean isKeras2() {
    return kerasVersion
        .map(version -> !version.isEmpty() && version.charAt(0) < '3')
        .orElse(!isKeras3());
  }

  /** What else there is in the file that is not taken, for the report. */
  List<String> leftOut() {
    if (format == Format.KERAS_3 && config != null && config.path("compile_config").isObject()
        || format == Format.LEGACY && hdf5.root().text("training_config").isPresent()) {
      return List.of(
          "loss, metrics and optimizer of the file are not taken: compile the model anew");
    }
    return List.of();
  }

  @Override
  public void close() {
    hdf5.close();
    if (temporary != null) {
      try {
        Files.deleteIfExists(temporary);
      } catch (IOException error) {
        temporary.toFile().deleteOnExit();
      }
    }
  }
}
