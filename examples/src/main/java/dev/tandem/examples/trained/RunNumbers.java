package dev.tandem.examples.trained;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.common.collect.ImmutableList;
import dev.tandem.core.data.DataFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The numbers of a run: what its metrics.jsonl holds.
 *
 * @param name of the run
 * @param lines the objects of the file
 * @param cut what is said of a last line that is cut off, if it is
 */
public record RunNumbers(String name, ImmutableList<JsonNode> lines, Optional<String> cut) {

  private static final JsonMapper JSON = new JsonMapper();
  private static final int MEAN_OF = 10;

  /**
   * A curve.
   *
   * @param rounds where there are values
   * @param values as many
   */
  public record Curve(double[] rounds, double[] values) {}

  /**
   * Reads the file of a run; a last line that is cut off, as of a run that was killed or goes on
   * now, is left out, which is said.
   *
   * @throws DataFileException if there is none, or it holds something else; names the line
   */
  public static RunNumbers of(Path run) {
    Path file = run.resolve("metrics.jsonl");
    if (!Files.isRegularFile(file)) {
      throw new DataFileException(
          run.toString(),
          Files.isDirectory(run)
              ? "holds no metrics.jsonl; give the folder of a run of 'tandem gan' that has begun to"
                  + " train"
              : "does not exist; give the folder of a run of 'tandem gan'");
    }
    RunNumbers found = read(run, file);
    if (found.lines().isEmpty()) {
      throw new DataFileException(
          file.toString(),
          found.cut().isPresent()
              ? "holds but one line, which is cut off, as of a run that was killed or begins now;"
                  + " go on with 'tandem gan --resume "
                  + run
                  + "'"
              : "holds no line yet; there is one every 50 rounds, and at the end");
    }
    return found;
  }

  /**
   * The same where numbers are welcome and not needed; empty if a model has none, or a run no line
   * yet.
   *
   * @throws DataFileException if a line is something else; names it
   */
  static Optional<RunNumbers> ifThere(Path place) {
    Path file = place.resolve("metrics.jsonl");
    return Files.isRegularFile(file)
        ? Optional.of(read(place, file)).filter(found -> !found.lines().isEmpty())
        : Optional.empty();
  }

  private static RunNumbers read(Path run, Path file) {
    List<JsonNode> lines = new ArrayList<>();
    Optional<String> cut = Optional.empty();
    try {
      List<String> text = Files.readAllLines(file);
      for (int i = 0; i < text.size(); i++) {
        JsonNode line = parse(text.get(i));
        if (line.path("round").isIntegralNumber()) {
          lines.add(line);
        } else if (i < text.size() - 1) {
          throw new DataFileException(
              file.toString(), "line " + (i + 1) + " is no JSON object with a round");
        } else {
          cut =
              Optional.of(
                  file
                      + ": line "
                      + (i + 1)
                      + ", the last one, is cut off and left out, as of a run that was killed or"
                      + " goes on now");
        }
      }
    } catch (IOException e) {
      throw new DataFileException(file.toString(), "cannot be read (" + e + ")", e);
    }
    return new RunNumbers(String.valueOf(run.normalize()), ImmutableList.copyOf(lines), cut);
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      return JSON.missingNode();
    }
  }

  /** The names of all numbers that it has. */
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    lines.forEach(line -> line.fieldNames().forEachRemaining(names::add));
    return names;
  }

  /** The names of what was measured: those with an extractor behind them. */
  public List<String> measures() {
    return names().stream()
        .filter(name -> name.matches("(fid|kid|swd|precision|recall|density|coverage)_.*"))
        .toList();
  }

  public Curve curve(String name) {
    List<JsonNode> with = lines.stream().filter(line -> line.path(name).isNumber()).toList();
    return new Curve(
        with.stream().mapToDouble(line -> line.get("round").asDouble()).toArray(),
        with.stream().mapToDouble(line -> line.get(name).asDouble()).toArray());
  }

  /** The last value; empty if there is none. */
  public OptionalDouble last(String name) {
    double[] values = curve(name).values();
    return values.length == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(values[values.length - 1]);
  }

  /** The mean of the last ten values; empty if there is none. */
  public OptionalDouble lately(String name) {
    double[] values = curve(name).values();
    return Arrays.stream(values).skip(Math.max(0, values.length - MEAN_OF)).average();
  }
}
