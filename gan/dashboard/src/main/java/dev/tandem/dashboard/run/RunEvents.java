package dev.tandem.dashboard.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The log.txt of a run: its last lines, and what happened. For one thread at a time. */
final class RunEvents {

  private static final int MOST_EVENTS = 500;
  private static final int MOST_LINES = 300;
  private static final int MOST_OF_A_LINE = 2_000;
  private static final Pattern TIMED =
      Pattern.compile("(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ) (?:(WARN|ERROR) )?(.*)");
  private static final Pattern ROUND = Pattern.compile("round (\\d{1,15})");
  private static final Pattern STEP = Pattern.compile("step (\\d{1,15}) of \\d+");
  private static final Pattern WATCHDOG =
      Pattern.compile(
          ".*(discriminator has won|have become alike|met NaN or infinity|Went back from round"
              + "|metric has got worse).*");

  private final LineTail tail;
  private final Deque<RunDetails.Event> events = new ArrayDeque<>();
  private final Deque<String> lines = new ArrayDeque<>();
  private boolean interrupted;
  private boolean ended;
  private int warnings;
  private long lastRound = -1;

  RunEvents(Path file) {
    this.tail = new LineTail(file);
  }

  /** Reads what has come since; whether anything has. */
  boolean update() throws IOException {
    return tail.read(
        new LineTail.Lines() {
          @Override
          public void begin() {
            events.clear();
            lines.clear();
            interrupted = false;
            ended = false;
            warnings = 0;
          }

          @Override
          public void line(byte[] bytes, int from, int length) {
            int kept = Math.min(length, MOST_OF_A_LINE);
            take(new String(bytes, from, kept, StandardCharsets.UTF_8).stripTrailing());
          }
        });
  }

  private void take(String line) {
    keep(lines, line, MOST_LINES);
    Matcher step = STEP.matcher(line);
    if (step.lookingAt()) {
      lastRound = Long.parseLong(step.group(1));
    }
    Matcher timed = TIMED.matcher(line);
    if (timed.matches() && timed.group(2) != null) {
      boolean watchdog = WATCHDOG.matcher(timed.group(3)).matches();
      warnings++;
      add(watchdog ? "watchdog" : "warning", timed.group(1), timed.group(3));
    } else if (timed.matches() && timed.group(3).equals("begins")) {
      interrupted = false;
      ended = false;
      add("begin", timed.group(1), "begins");
    } else if (line.startsWith("interrupted;") || line.startsWith("SIG")) {
      interrupted |= line.startsWith("interrupted;");
      add("interrupt", "", line);
    } else if (line.toLowerCase(Locale.ROOT).startsWith("checkpoint  ")) {
      ended = true;
    }
  }

  private void add(String kind, String time, String text) {
    Matcher round = ROUND.matcher(text);
    long named = -1;
    while (round.find()) {
      named = Long.parseLong(round.group(1));
    }
    keep(
        events,
        new RunDetails.Event(kind, time, named >= 0 ? named : lastRound, text, Map.of()),
        MOST_EVENTS);
  }

  private static <T> void keep(Deque<T> all, T one, int most) {
    if (all.size() == most) {
      all.removeFirst();
    }
    all.addLast(one);
  }

  /** The last events, in their order. */
  List<RunDetails.Event> events() {
    return List.copyOf(events);
  }

  /** The last lines. */
  List<String> lines() {
    return List.copyOf(lines);
  }

  int warnings() {
    return warnings;
  }

  /** Whether the last start was interrupted. */
  boolean isInterrupted() {
    return interrupted;
  }

  /** Whether the last start came to its end. */
  boolean isEnded() {
    return ended;
  }

  @Nullable FileTime changed() {
    return tail.changed();
  }
}
