package dev.tandem.examples.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.tandem.core.data.DataFileException;
import dev.tandem.examples.cli.FlatSettings;
import dev.tandem.examples.trained.RunNumbers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a run's folder tells.
 *
 * @param name that tells it from the others of the report
 * @param folder of the run
 * @param numbers of its metrics.jsonl
 * @param settings by the paths that {@code --set} takes
 * @param config the text of config.yaml; empty without one
 * @param changes what was changed when it went on; empty if nothing was
 * @param starts the objects of environment.json, one for each start
 * @param scores what was measured, as its log has it
 * @param warnings of its log
 * @param pictures of samples over time
 * @param models the object of models.json; a missing node without one
 */
record Story(
    String name,
    Path folder,
    RunNumbers numbers,
    ImmutableMap<String, String> settings,
    String config,
    String changes,
    ImmutableList<JsonNode> starts,
    ImmutableList<Scored> scores,
    ImmutableList<String> warnings,
    ImmutableList<Picture> pictures,
    JsonNode models) {

  /**
   * A measurement.
   *
   * @param round when it was taken
   * @param metric as in {@code FID}
   * @param value the number
   * @param interval from and to
   * @param floor what real samples have
   * @param rest numbers of samples, seed, and the features it was measured in
   */
  record Scored(
      long round, String metric, String value, String interval, String floor, String rest) {}

  /** A picture after a round. */
  record Picture(long round, Path file) {}

  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern SCORE =
      Pattern.compile("round (\\d+): (\\S+) (\\S+) (\\[[^]]*]) floor (\\S+) (.*)");
  private static final Pattern STEP = Pattern.compile("step-(\\d+)\\.png");
  private static final int MOST_WARNINGS = 20;

  private static Story of(String name, Path folder) {
    RunNumbers numbers = RunNumbers.of(folder);
    String config = text(folder.resolve("config.yaml"));
    Map<String, String> settings = new LinkedHashMap<>();
    FlatSettings.of(config).forEach((key, value) -> settings.put(key, value.toString()));
    List<Scored> scores = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    for (String line : text(folder.resolve("log.txt")).lines().toList()) {
      Matcher score = SCORE.matcher(line);
      if (score.matches()) {
        scores.add(
            new Scored(
                Long.parseLong(score.group(1)),
                score.group(2),
                score.group(3),
                score.group(4),
                score.group(5),
                score.group(6)));
      } else if (line.contains("WARN") && warnings.size() < MOST_WARNINGS) {
        warnings.add(line);
      }
    }
    List<JsonNode> starts = new ArrayList<>();
    json(folder.resolve("environment.json")).forEach(starts::add);
    return new Story(
        name,
        folder,
        numbers,
        ImmutableMap.copyOf(settings),
        config,
        text(folder.resolve("changes.txt")),
        ImmutableList.copyOf(starts),
        ImmutableList.copyOf(scores),
        ImmutableList.copyOf(warnings),
        pictures(folder),
        json(folder.resolve("models.json")));
  }

  /**
   * Reads runs, each under the name of its folder, or the whole path where two are called alike.
   *
   * @throws DataFileException if one is no folder of a run, or a file cannot be read
   */
  static List<Story> all(List<Path> folders) {
    List<String> names = folders.stream().map(Story::last).toList();
    boolean apart = new HashSet<>(names).size() == names.size();
    List<Story> all = new ArrayList<>();
    for (Path folder : folders) {
      all.add(of(apart ? last(folder) : folder.normalize().toString(), folder));
    }
    return all;
  }

  private static String last(Path folder) {
    return String.valueOf(folder.toAbsolutePath().normalize().getFileName());
  }

  private static String text(Path file) {
    try {
      return Files.isRegularFile(file)
          ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
          : "";
    } catch (IOException e) {
      throw new DataFileException(file.toString(), "cannot be read (" + e + ")", e);
    }
  }

  /** A JSON file; a missing node if there is none, or it is not whole. */
  private static JsonNode json(Path file) {
    try {
      return JSON.readTree(text(file));
    } catch (IOException e) {
      return JSON.missingNode();
    }
  }

  private static ImmutableList<Picture> pictures(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      ImmutableList.Builder<Picture> pictures = ImmutableList.builder();
      for (Path file : (Iterable<Path>) files.sorted()::iterator) {
        Matcher step = STEP.matcher(String.valueOf(file.getFileName()));
        if (step.matches() && step.group(1).length() < 19) {
          pictures.add(new Picture(Long.parseLong(step.group(1)), file));
        }
      }
      return pictures.build();
    } catch (IOException e) {
      throw new DataFileException(folder.toString(), "cannot be listed (" + e + ")", e);
    }
  }

  /** So many pictures, the first and the last among them. */
  ImmutableList<Picture> some(int count) {
    if (pictures.size() <= count) {
      return pictures;
    }
    ImmutableList.Builder<Picture> some = ImmutableList.builder();
    for (int i = 0; i < count; i++) {
      some.add(pictures.get((int) ((long) i * (pictures.size() - 1) / (count - 1))));
    }
    return some.build();
  }
}
