package dev.tandem.gan.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.tandem.core.data.DataFileException;
import dev.tandem.core.io.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the numbers of a run to a file while it grows, one JSON object a line, which {@code
 * pandas.read_json(file, lines=True)} reads: {@code trainer.with(JsonlLog.to(file).every(50))}.
 *
 * <p>A line has {@code round}, {@code images} and {@code seconds} (of training, those before a
 * resume included); {@code d_loss} and {@code g_loss}; each term of both by its name, as {@code
 * d_adversarial}, {@code d_r1}, {@code g_adversarial}; {@code d_real} and {@code d_fake}, the mean
 * scores; {@code d_rate} and {@code g_rate}; {@code d_gradient_norm} and {@code g_gradient_norm};
 * the numbers of {@link AdversarialTrainer#values}; and what was measured in that round. What is no
 * finite number is {@code null}.
 *
 * <p>A trainer that goes on keeps the lines up to its round and drops those after it; one at its
 * start begins a new file. A line that cannot be written is said in the log once, and the training
 * goes on.
 */
public final class JsonlLog implements AdversarialCallback {

  private static final Logger LOG = LoggerFactory.getLogger(JsonlLog.class);
  private static final JsonMapper JSON = new JsonMapper();
  private static final String ROUND = "round";
  private static final String SECONDS = "seconds";
  private static final int USUAL = 50;

  private final Path file;
  private final int every;
  private final List<Measuring> measured;
  private double before;
  private long begin;
  private boolean failed;
  private long written = -1;
  private @Nullable Round last;

  private JsonlLog(Path file, int every, List<Measuring> measured) {
    if (every < 1) {
      throw new IllegalArgumentException("rounds between lines are not at least 1: " + every);
    }
    this.file = Objects.requireNonNull(file, "file");
    this.every = every;
    this.measured = measured;
  }

  /** A log in this file, a line every 50 rounds; its folder has to be there. */
  public static JsonlLog to(Path file) {
    return new JsonlLog(file, USUAL, List.of());
  }

  /**
   * The same with a line every so many rounds.
   *
   * @throws IllegalArgumentException if it is not at least 1
   */
  public JsonlLog every(int rounds) {
    return new JsonlLog(file, rounds, measured);
  }

  /**
   * The same with what is measured: it need not be given to the trainer too. A round in which
   * something is measured has a line.
   */
  public JsonlLog with(Measuring more) {
    List<Measuring> all = new ArrayList<>(measured);
    all.add(more);
    return new JsonlLog(file, every, List.copyOf(all));
  }

  /**
   * Begins the file, or takes it up.
   *
   * @throws DataFileException if it cannot be written
   */
  @Override
  public void onStart(AdversarialTrainer trainer) {
    begin = System.nanoTime();
    takeUp(trainer.counters().rounds());
    measured.forEach(one -> one.onStart(trainer));
  }

  private void takeUp(long rounds) {
    before = 0;
    for (Line line : kept(file, rounds)) {
      before = Math.max(before, line.seconds());
      written = line.round();
    }
  }

  /**
   * Drops the lines of a file after a round, and those that were cut off.
   *
   * @throws DataFileException if it cannot be read or written
   */
  public static void cutAfter(Path file, long rounds) {
    kept(file, rounds);
  }

  /** A line of a file. */
  private record Line(String text, long round, double seconds) {}

  @CanIgnoreReturnValue
  private static List<Line> kept(Path file, long rounds) {
    List<Line> kept = new ArrayList<>();
    try {
      if (rounds > 0 && Files.exists(file)) {
        for (String text : Files.readAllLines(file, StandardCharsets.UTF_8)) {
          line(text).filter(line -> line.round() <= rounds).ifPresent(kept::add);
        }
      }
    } catch (IOException e) {
      throw new DataFileException(file.toString(), "cannot be read (" + e + ")", e);
    }
    WholeFile.write(
        file, kept.stream().map(line -> line.text() + "\n").collect(Collectors.joining()));
    return kept;
  }

  /** A line, unless it was cut off or is of no round. */
  private static Optional<Line> line(String text) {
    try {
      JsonNode json = JSON.readTree(text);
      long round = json.path(ROUND).asLong(Long.MAX_VALUE);
      return Optional.of(new Line(text, round, json.path(SECONDS).asDouble()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  @Override
  public void onRound(AdversarialTrainer trainer, Round round) {
    measured.forEach(one -> one.onRound(trainer, round));
    if (round.number() % every == 0 || isMeasured(round.number())) {
      write(trainer, round);
    }
    last = round;
  }

  private boolean isMeasured(long round) {
    return measured.stream().anyMatch(one -> one.round() == round);
  }

  /** The last round has a line too. */
  @Override
  public void onEnd(AdversarialTrainer trainer) {
    Round end = last;
    if (end != null && end.number() == trainer.counters().rounds() && end.number() != written) {
      write(trainer, end);
    }
  }

  private void write(AdversarialTrainer trainer, Round round) {
    written = round.number();
    try {
      Files.writeString(
          file,
          JSON.writeValueAsString(line(trainer, round)) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      if (!failed) {
        LOG.warn("{}: cannot be written ({}); the training goes on without it", file, e.toString());
      }
      failed = true;
    }
  }

  private ObjectNode line(AdversarialTrainer trainer, Round round) {
    ObjectNode line =
        JsonNodeFactory.instance
            .objectNode()
            .put(ROUND, round.number())
            .put("images", trainer.counters().images());
    put(line, SECONDS, before + Math.round((System.nanoTime() - begin) / 1e6) / 1e3);
    RoundNumbers.of(trainer, round, measured).forEach((name, value) -> put(line, name, value));
    return line;
  }

  private static void put(ObjectNode line, String name, double value) {
    if (Double.isFinite(value)) {
      line.put(name, value);
    } else {
      line.putNull(name); // JSON has no NaN
    }
  }
}
