package dev.tandem.dashboard.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The metrics.jsonl of a run: its last line, the best of each measure, and all numbers while
 * somebody looks at them. For one thread at a time.
 */
final class MetricsTail {

  private static final JsonFactory JSON = new JsonFactory();
  private static final Pattern LOWER = Pattern.compile("(fid|kid|swd)_.*");
  private static final Pattern HIGHER = Pattern.compile("(precision|recall|density|coverage)_.*");
  private static final String ROUND = "round";
  private static final String SECONDS = "seconds";

  private final LineTail tail;
  private final Map<String, RunSummary.Best> best = new LinkedHashMap<>();
  private Map<String, Double> last = Map.of();
  private double interval;
  private double between;
  private int lines;
  private int unread;
  private int generation;
  private @Nullable Columns columns = new Columns();

  MetricsTail(Path file) {
    this.tail = new LineTail(file);
  }

  /** Reads what has come since; whether anything has. */
  boolean update() throws IOException {
    return tail.read(
        new LineTail.Lines() {
          @Override
          public void begin() {
            forget();
          }

          @Override
          public void line(byte[] bytes, int from, int length) {
            take(bytes, from, length);
          }
        });
  }

  private void forget() {
    best.clear();
    last = Map.of();
    interval = 0;
    between = 0;
    lines = 0;
    unread = 0;
    generation++;
    if (columns != null) {
      columns = new Columns();
    }
  }

  private void take(byte[] bytes, int from, int length) {
    Map<String, Double> line = parse(bytes, from, length);
    Double round = line.get(ROUND);
    if (round == null) {
      unread += length > 0 ? 1 : 0;
      return;
    }
    interval = line.getOrDefault(SECONDS, 0.0) - last.getOrDefault(SECONDS, 0.0);
    between = round - last.getOrDefault(ROUND, 0.0);
    if (columns != null) {
      goBackTo(round);
      columns.add(line);
    }
    line.forEach((name, value) -> compare(name, value, round.longValue()));
    last = line;
    lines++;
  }

  /** A line of an earlier round takes the place of those from there on. */
  private void goBackTo(double round) {
    Columns all = columns;
    double[] rounds = all == null ? null : all.get(ROUND);
    if (all == null || rounds == null) {
      return;
    }
    int kept = all.rows();
    while (kept > 0 && rounds[kept - 1] >= round) {
      kept--;
    }
    if (kept < all.rows()) {
      all.cut(kept);
      generation++;
    }
  }

  private void compare(String name, double value, long round) {
    boolean lower = LOWER.matcher(name).matches();
    if (lower || HIGHER.matcher(name).matches()) {
      RunSummary.Best before = best.get(name);
      if (before == null || (lower ? value < before.value() : value > before.value())) {
        best.put(name, new RunSummary.Best(value, round));
      }
    }
  }

  /** The numbers of a line; none if it is no object. */
  private static Map<String, Double> parse(byte[] bytes, int from, int length) {
    Map<String, Double> line = new LinkedHashMap<>();
    try (JsonParser parser = JSON.createParser(bytes, from, length)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Map.of();
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (value.isNumeric()) {
          line.put(name, parser.getDoubleValue());
        } else if (value.isStructStart()) {
          parser.skipChildren();
        }
      }
      return parser.currentToken() == JsonToken.END_OBJECT ? line : Map.of();
    } catch (IOException e) {
      return Map.of();
    }
  }

  /** The last line; empty if there is none. */
  Map<String, Double> last() {
    return last;
  }

  /** The best of each measure, by the order in which measures came. */
  Map<String, RunSummary.Best> best() {
    return best;
  }

  /** Seconds of training between the last two lines. */
  double interval() {
    return interval;
  }

  /** Rounds between the last two lines. */
  double roundsBetween() {
    return between;
  }

  int lines() {
    return lines;
  }

  /** How many lines could not be read. */
  int unread() {
    return unread;
  }

  /** Counts how often lines that were told are no longer so. */
  int generation() {
    return generation;
  }

  @Nullable FileTime changed() {
    return tail.changed();
  }

  /** All numbers, read anew if they were dropped. */
  Columns columns() throws IOException {
    if (columns == null) {
      int before = generation;
      columns = new Columns();
      tail.rewind();
      update();
      generation = before; // the same lines
    }
    return columns;
  }

  /** How many numbers it keeps. */
  long weight() {
    return columns == null ? 0 : columns.weight();
  }

  /** Forgets the numbers until they are asked for; the summary stays. */
  void drop() {
    columns = null;
  }
}
