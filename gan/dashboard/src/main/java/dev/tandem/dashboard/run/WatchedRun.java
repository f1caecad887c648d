package dev.tandem.dashboard.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One run: what its folder says now. */
public final class WatchedRun {

  private static final Pattern SAMPLES = Pattern.compile("step-(\\d{1,15})\\.png");
  private static final long QUIET_MILLIS = Duration.ofMinutes(2).toMillis();
  private static final int QUIET_INTERVALS = 20;

  private final String id;
  private final Path folder;
  private final MetricsTail metrics;
  private final RunEvents events;
  private Map<String, String> settings = Map.of();
  private long settingsAt = -1;
  private TreeMap<Long, String> samples = new TreeMap<>();
  private boolean lastSamples;
  private long listedAt = -1;
  private List<String> problems = List.of();
  private @Nullable RunSummary summary;

  WatchedRun(String id, Path folder) {
    this.id = id;
    this.folder = folder;
    this.metrics = new MetricsTail(folder.resolve("metrics.jsonl"));
    this.events = new RunEvents(folder.resolve("log.txt"));
  }

  public String id() {
    return id;
  }

  /** Where it is. */
  public Path folder() {
    return folder;
  }

  /** Looks at the folder; whether what is told of it has changed. */
  synchronized boolean update(long now) {
    List<String> found = new ArrayList<>();
    try {
      metrics.update();
    } catch (IOException e) {
      found.add("metrics.jsonl cannot be read (" + e + ")");
    }
    try {
      events.update();
    } catch (IOException e) {
      found.add("log.txt cannot be read (" + e + ")");
    }
    if (metrics.unread() > 0) {
      found.add(
          "metrics.jsonl holds "
              + metrics.unread()
              + (metrics.unread() == 1 ? " line that is" : " lines that are")
              + " no JSON object with a round; left out");
    }
    problems = found;
    readSettings();
    list();
    RunSummary next = summarize(now);
    boolean changed = !next.equals(summary);
    summary = next;
    return changed;
  }

  private void readSettings() {
    Path file = folder.resolve("config.yaml");
    long at = millis(file);
    if (at != settingsAt) {
      Map<String, String> read = SettingsText.settings(file);
      if (!read.isEmpty() || at == 0) {
        settings = read;
        settingsAt = at; // what was not whole is read again
      }
    }
  }

  private static long millis(Path file) {
    var attributes = LineTail.attributes(file);
    return attributes == null ? 0 : attributes.lastModifiedTime().toMillis();
  }

  private void list() {
    long at;
    try {
      at = Files.getLastModifiedTime(folder, LinkOption.NOFOLLOW_LINKS).to(TimeUnit.NANOSECONDS);
    } catch (IOException e) {
      return; // removed: the catalog notices
    }
    if (at == listedAt) {
      return;
    }
    TreeMap<Long, String> found = new TreeMap<>();
    boolean last = false;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.png")) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        Matcher step = SAMPLES.matcher(name);
        if (LineTail.attributes(file) == null) {
          continue;
        }
        last |= name.equals("samples.png");
        if (step.matches()) {
          found.put(Long.parseLong(step.group(1)), name);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      return; // seen again at the next look
    }
    samples = found;
    lastSamples = last;
    listedAt = at;
  }

  private RunSummary summarize(long now) {
    Map<String, Double> last = metrics.last();
    long round = last.getOrDefault("round", 0.0).longValue();
    long rounds = number("budget.rounds");
    long changed = Math.max(millis(metrics.changed()), millis(events.changed()));
    boolean hasGenerator = LineTail.attributes(folder.resolve("generator/manifest.json")) != null;
    String[] state = state(now, round, rounds, changed);
    double speed = speed(last);
    return new RunSummary(
        id,
        settings.getOrDefault("name", ""),
        settings.getOrDefault("data.name", ""),
        state[0],
        state[1],
        round,
        rounds,
        last.getOrDefault("seconds", 0.0),
        speed,
        last,
        new LinkedHashMap<>(metrics.best()),
        metrics.best().keySet().stream().findFirst().orElse(null),
        metrics.lines(),
        metrics.generation(),
        samples.isEmpty() && lastSamples ? 1 : samples.size(),
        events.warnings(),
        changed,
        hasGenerator);
  }

  private double speed(Map<String, Double> last) {
    double seconds = last.getOrDefault("seconds", 0.0);
    return metrics.interval() > 0 && metrics.roundsBetween() > 0
        ? metrics.roundsBetween() / metrics.interval()
        : seconds > 0 ? last.getOrDefault("round", 0.0) / seconds : 0;
  }

  private String[] state(long now, long round, long rounds, long changed) {
    LockProbe.Seen lock = LockProbe.look(folder.resolve(".lock"));
    long quiet = Math.max(0, now - changed);
    boolean silent = quiet > Math.max(QUIET_MILLIS, QUIET_INTERVALS * 1000 * metrics.interval());
    String ago = "nothing written for " + time(quiet);
    if (lock == LockProbe.Seen.HELD) {
      return changed > 0 && silent
          ? new String[] {"stale", "holds its folder, but " + ago}
          : new String[] {"running", "a process writes to it"};
    }
    if (rounds > 0 && round >= rounds) {
      return new String[] {"ended", "all of its rounds are done"};
    }
    if (events.isInterrupted()) {
      return new String[] {"interrupted", "ended by a signal, in order; --resume goes on"};
    }
    if (events.isEnded()) {
      return new String[] {"ended", "came to its end"};
    }
    if (lock == LockProbe.Seen.FREE) {
      return metrics.lines() == 0 && changed == 0
          ? new String[] {"empty", "nothing written yet"}
          : new String[] {"interrupted", "no process writes to it; --resume goes on"};
    }
    if (changed == 0) {
      return new String[] {"empty", "nothing written yet"};
    }
    return silent
        ? new String[] {"stale", "no lock says whether it goes on; " + ago}
        : new String[] {"running", "no lock, but it was written to just now"};
  }

  private static String time(long millis) {
    Duration time = Duration.ofMillis(millis);
    return time.toDays() > 0
        ? time.toDays() + " d"
        : time.toHours() > 0 ? time.toHours() + " h" : time.toMinutes() + " min";
  }

  private static long millis(@Nullable FileTime time) {
    return time == null ? 0 : time.toMillis();
  }

  private long number(String setting) {
    try {
      return Long.parseLong(settings.getOrDefault(setting, "0"));
    } catch (NumberFormatException e) {
      return 0; // as in "none"
    }
  }

  /** What the list says of it. */
  public synchronized RunSummary summary() {
    RunSummary known = summary;
    if (known == null) {
      update(System.currentTimeMillis());
      known = Objects.requireNonNull(summary);
    }
    return known;
  }

  /** Curves of its numbers. */
  public synchronized Curves curves(Curves.Query query) throws IOException {
    return Curves.of(metrics.columns(), query);
  }

  /** All that is to be known of it besides its curves. */
  public synchronized RunDetails details() throws IOException {
    return new RunDetails(
        summary(),
        List.copyOf(metrics.columns().names()),
        settings,
        text("changes.txt").lines().toList(),
        json("environment.json"),
        json("models.json"),
        json("generator.json"),
        placed(metrics.columns()),
        events.lines(),
        pictures(),
        folders("checkpoints"),
        LineTail.attributes(folder.resolve("best/manifest.json")) != null,
        problems);
  }

  private List<RunDetails.Event> placed(Columns columns) {
    List<RunDetails.Event> all = events.events();
    List<Map<String, Double>> places =
        Curves.places(columns, all.stream().map(RunDetails.Event::round).toList());
    return IntStream.range(0, all.size()).mapToObj(i -> all.get(i).at(places.get(i))).toList();
  }

  private List<RunDetails.Picture> pictures() {
    List<RunDetails.Picture> pictures = new ArrayList<>();
    samples.forEach((round, name) -> pictures.add(new RunDetails.Picture(name, round)));
    if (pictures.isEmpty() && lastSamples) {
      pictures.add(new RunDetails.Picture("samples.png", summary().round()));
    }
    return pictures;
  }

  private String text(String name) {
    byte[] bytes = SettingsText.bytes(folder.resolve(name));
    return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
  }

  private @Nullable JsonNode json(String name) {
    return SettingsText.json(folder.resolve(name));
  }

  private List<String> folders(String name) {
    Path place = folder.resolve(name);
    if (!Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (DirectoryStream<Path> found = Files.newDirectoryStream(place, "step-*")) {
      List<String> names = new ArrayList<>();
      found.forEach(one -> names.add(one.getFileName().toString()));
      names.sort(null);
      return names;
    } catch (IOException | DirectoryIteratorException e) {
      return List.of();
    }
  }

  /**
   * A picture of samples, by a name that {@link #details} told.
   *
   * @return null if there is none of this name
   */
  public synchronized byte @Nullable [] picture(String name) {
    boolean known = samples.containsValue(name) || lastSamples && name.equals("samples.png");
    return known ? SettingsText.bytes(folder.resolve(name)) : null;
  }

  synchronized long weight() {
    return metrics.weight();
  }

  synchronized void drop() {
    metrics.drop();
  }
}
