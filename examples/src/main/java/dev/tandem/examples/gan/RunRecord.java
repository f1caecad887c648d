package dev.tandem.examples.gan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.core.data.DataFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a run was asked for, kept in its folder: names that checkpoints do not know.
 *
 * @param preset what it trains
 * @param data what on
 * @param to what it translates to, empty if that was not asked for
 * @param seed of everything random
 */
record RunRecord(String preset, String data, String to, long seed) {

  private static final String FILE = "run.json";
  private static final int VERSION = 1;
  private static final JsonMapper JSON = new JsonMapper();

  /** The record in a folder; empty if there is none, as in runs of earlier versions. */
  static Optional<RunRecord> in(Path folder) {
    Path file = folder.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      JsonNode json = JSON.readTree(Files.readString(file));
      if (json.path("version").asInt() > VERSION) {
        throw new DataFileException(
            file.toString(), "was written by a newer version; take that one to go on");
      }
      return Optional.of(
          new RunRecord(
              json.required("preset").asText(),
              json.required("data").asText(),
              json.required("to").asText(),
              json.required("seed").asLong()));
    } catch (IOException | IllegalArgumentException e) {
      throw new DataFileException(
          file.toString(), "cannot be read (" + e + "); delete it, and name preset and data", e);
    }
  }

  void write(Path folder) {
    ObjectNode json =
        JSON.createObjectNode()
            .put("version", VERSION)
            .put("preset", preset)
            .put("data", data)
            .put("to", to)
            .put("seed", seed);
    try {
      Files.writeString(folder.resolve(FILE), json.toPrettyString() + "\n");
    } catch (IOException e) {
      throw new DataFileException(
          folder.resolve(FILE).toString(), "cannot be written (" + e + ")", e);
    }
  }

  /** The options that ask for something else than this record, as in {@code --seed 2}. */
  List<String> others(RunRecord asked) {
    List<String> others = new ArrayList<>();
    add(others, "--preset", preset.equals(asked.preset), asked.preset);
    add(others, "--data", isSame(data, asked.data), asked.data);
    add(others, "--to", isSame(to, asked.to), asked.to);
    add(others, "--seed", seed == asked.seed, Long.toString(asked.seed));
    return others;
  }

  private static void add(List<String> others, String option, boolean same, String asked) {
    if (!same) {
      others.add(option + " " + asked);
    }
  }

  /** Folders may be named in several ways. */
  private static boolean isSame(String name, String other) {
    return Objects.equals(name, other)
        || !name.isEmpty()
            && !other.isEmpty()
            && Files.isDirectory(Path.of(name))
            && Path.of(name)
                .toAbsolutePath()
                .normalize()
                .equals(Path.of(other).toAbsolutePath().normalize());
  }

  /** As in {@code --preset dcgan --data mnist --seed 1}. */
  @Override
  public String toString() {
    return "--preset "
        + preset
        + " --data "
        + data
        + (to.isEmpty() ? "" : " --to " + to)
        + " --seed "
        + seed;
  }
}
