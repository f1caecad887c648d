package dev.tandem.examples.gan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tandem.core.data.DataFileException;
import dev.tandem.core.io.WholeFile;
import dev.tandem.core.tensor.Shape;
import dev.tandem.gan.config.Config;
import dev.tandem.gan.preset.Presets;
import dev.tandem.gan.train.SettingChange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a run was asked for, kept in its folder, and which of its settings changed since. */
final class RunRecord {

  private static final String CONFIG = "config.yaml";
  private static final String CHANGES = "changes.txt";

  /** The record of runs of earlier versions. */
  private static final String EARLIER = "run.json";

  private static final int VERSION = 1;
  private static final int CLASSES_THEN = 10;
  private static final JsonMapper JSON = new JsonMapper();

  private RunRecord() {}

  /** The config of a run in a folder; empty if there is none, as in the first runs there were. */
  static Optional<Config> in(Path folder) {
    if (Files.isRegularFile(folder.resolve(CONFIG))) {
      return Optional.of(Config.read(folder.resolve(CONFIG)));
    }
    Path file = folder.resolve(EARLIER);
    return Files.isRegularFile(file) ? Optional.of(earlier(file)) : Optional.empty();
  }

  private static Config earlier(Path file) {
    try {
      JsonNode json = JSON.readTree(Files.readString(file));
      if (json.path("version").asInt() > VERSION) {
        throw new DataFileException(
            file.toString(), "was written by a newer version; take that one to go on");
      }
      String preset = json.required("preset").asText();
      String source = file.toString();
      Config config =
          Config.preset(preset)
              .set("data.name", quoted(json.required("data").asText()), source)
              .set("seed", json.required("seed").asText(), source);
      String to = json.required("to").asText();
      config = to.isEmpty() ? config : config.set("data.to", quoted(to), source);
      boolean labels =
          Presets.named(preset).forSamples(Shape.of(2)).pair().conditioning().needsLabels();
      return labels
          ? config.set("conditioning.classes", Integer.toString(CLASSES_THEN), source)
          : config;
    } catch (IOException | IllegalArgumentException e) {
      throw new DataFileException(
          file.toString(), "cannot be read (" + e + "); delete it, and name preset and data", e);
    }
  }

  /** A text as a config has it, whatever stands in it. */
  static String quoted(String text) {
    return JSON.getNodeFactory().textNode(text).toString();
  }

  /** Writes what a run is asked for, and the changes since its start if there are any. */
  static void write(Config config, List<SettingChange> changes, Path folder) {
    config.write(folder.resolve(CONFIG));
    if (changes.isEmpty()) {
      return;
    }
    WholeFile.write(
        folder.resolve(CHANGES),
        changes.stream().map(change -> change + "\n").collect(Collectors.joining()));
  }
}
