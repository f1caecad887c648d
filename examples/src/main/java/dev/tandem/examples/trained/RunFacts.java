package dev.tandem.examples.trained;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.common.collect.ImmutableMap;
import dev.tandem.core.data.DataFileException;
import dev.tandem.core.io.LibraryVersion;
import dev.tandem.examples.gan.GeneratorFile;
import dev.tandem.gan.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What is known of how a generator was trained.
 *
 * @param facts short texts by name, as {@code preset} and {@code rounds}
 * @param settings of the run, as a config has them; empty if the folder is no run
 * @param scores the last value of each measure by its name, which ends in what it looked through
 * @param machine what the last part of the run ran on, by name
 */
record RunFacts(
    ImmutableMap<String, String> facts,
    Optional<String> settings,
    ImmutableMap<String, String> scores,
    ImmutableMap<String, String> machine) {

  /** Reads what lies in the folder of a run; of a model that is little. */
  static RunFacts of(Path place, GeneratorFile generator) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("library", "Tandem " + LibraryVersion.CURRENT);
    facts.put("generator", generator.model().name());
    Path file = place.resolve("config.yaml");
    Optional<String> settings = Optional.empty();
    if (Files.isRegularFile(file)) {
      Config config = Config.read(file);
      facts.put("preset", config.name());
      String data = config.data().name();
      if (!data.isEmpty()) {
        facts.put("data", lastName(data));
      }
      Optional.ofNullable(config.values().get("batch"))
          .ifPresent(batch -> facts.put("batch", batch));
      config.seed().ifPresent(seed -> facts.put("seed", Long.toString(seed)));
      settings = Optional.of(config.text().strip().replace(data, lastName(data)));
    }
    generator.round().ifPresent(round -> facts.put("rounds", Long.toString(round)));
    generator.latent().ifPresent(latent -> facts.put("noise", latent.toString()));
    if (generator.classes() > 0) {
      facts.put("classes", Integer.toString(generator.classes()));
    }
    return new RunFacts(ImmutableMap.copyOf(facts), settings, scores(place, facts), machine(place));
  }

  /** The name of a folder without where it lies, which is nobody else's business. */
  private static String lastName(String data) {
    String[] names = data.split("[/\\\\]+");
    return names.length == 0 ? data : names[names.length - 1];
  }

  private static ImmutableMap<String, String> scores(Path place, Map<String, String> facts) {
    Optional<RunNumbers> numbers = RunNumbers.ifThere(place);
    if (numbers.isEmpty()) {
      return ImmutableMap.of();
    }
    RunNumbers run = numbers.get();
    ImmutableMap.Builder<String, String> scores = ImmutableMap.builder();
    for (String name : run.measures()) {
      OptionalDouble last = run.last(name);
      last.ifPresent(value -> scores.put(name, String.format(Locale.ROOT, "%.4g", value)));
    }
    run.last("images")
        .ifPresent(count -> facts.put("images seen", String.format(Locale.ROOT, "%.0f", count)));
    run.last("seconds")
        .ifPresent(time -> facts.put("seconds", String.format(Locale.ROOT, "%.0f", time)));
    return scores.buildOrThrow();
  }

  private static ImmutableMap<String, String> machine(Path place) {
    Path file = place.resolve("environment.json");
    if (!Files.isRegularFile(file)) {
      return ImmutableMap.of();
    }
    try {
      JsonNode all = new JsonMapper().readTree(Files.readString(file));
      JsonNode last = all.path(all.size() - 1);
      ImmutableMap.Builder<String, String> machine = ImmutableMap.builder();
      put(machine, "date", last.path("date"));
      put(machine, "processor", last.path("Processor").path("model"));
      put(machine, "Java", last.path("Java").path("version"));
      put(machine, "kernels", last.path("Kernel libraries").path("ND4J"));
      return machine.buildOrThrow();
    } catch (IOException e) {
      throw new DataFileException(file.toString(), "cannot be read (" + e + "); delete it", e);
    }
  }

  private static void put(
      ImmutableMap.Builder<String, String> machine, String name, JsonNode value) {
    if (value.isTextual()) {
      machine.put(name, value.asText());
    }
  }
}
