package dev.tandem.core.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.train.Examples;
import dev.tandem.core.train.NonFiniteException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Public entry points, fed at random. {@code -Dtandem.fuzz.minutes=60} goes on for an hour, {@code
 * -Dtandem.fuzz.seed=N} begins elsewhere; the seed of the net at hand lies in {@code
 * target/fuzz-seed}, in case that the JVM dies.
 */
class FuzzTest {

  private static final int NETS = 60;

  private final List<String> findings = new ArrayList<>();
  private final Map<String, Integer> counts = new TreeMap<>();

  @Test
  void publicEntryPoints_fedAtRandom_computeWhatFormulasSayOrRefuse() throws Exception {
    long seed = Long.getLong("tandem.fuzz.seed", 1);
    long minutes = Long.getLong("tandem.fuzz.minutes", 0);
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes);
    for (int i = 0; minutes == 0 ? i < NETS : System.nanoTime() < end; i++) {
      one(seed + i);
      if (minutes > 0 && (i + 1) % 1000 == 0) {
        System.out.println(counts + ", findings " + findings.size());
        findings.stream().distinct().limit(20).forEach(System.out::println);
      }
    }
    if (minutes > 0) {
      System.out.println("fuzz from seed " + seed + ", " + minutes + " minutes: " + counts);
    }
    assertThat(findings).isEmpty();
    assertThat(counts.keySet()).contains("nets", "predictions", "steps", "threads");
  }

  private void one(long seed) throws IOException {
    Files.writeString(Path.of("target", "fuzz-seed"), Long.toString(seed));
    try (Case c = new Case(seed)) {
      count("nets");
      for (int i = 0; i < 3; i++) {
        count("predictions");
        note(seed, "prediction", c.predicts(c.inputs(c.anyBatch())));
      }
      count("steps");
      note(seed, "step", c.steps(c.anyBatch()));
      for (int i = 0; i < 4; i++) {
        mistake(seed, c, Mistakes.values()[c.random().nextInt(Mistakes.values().length)]);
      }
      spoiledRow(seed, c);
      if (seed % 4 == 0) {
        count("threads");
        threads(seed, c);
      }
      count("steps");
      note(seed, "step after mistakes", c.steps(c.anyBatch()));
    } catch (NonFiniteException e) {
      count("nets that blew up"); // refused, as it should be
    } catch (Exception | Error e) {
      note(seed, "exception", e + " at " + e.getStackTrace()[0]);
    }
  }

  private void mistake(long seed, Case c, Mistakes kind) {
    Mistakes.Feed feed = new Mistakes.Feed(c, c.anyBatch());
    if (!kind.make(c, feed)) {
      return;
    }
    count("mistakes " + kind);
    String before = c.fingerprint();
    refused(seed, kind + " in training", () -> c.trainer().trainOnBatch(examples(feed)));
    if (kind.concernsPrediction()) {
      refused(seed, kind + " in prediction", () -> c.predictor().predict(feed.inputs));
    }
    note(seed, kind.toString(), before.equals(c.fingerprint()) ? null : "something has changed");
  }

  private static Examples examples(Mistakes.Feed feed) {
    return Examples.of(feed.inputs, Map.of("", feed.target));
  }

  private void refused(long seed, String what, Callable<Object> call) {
    try {
      Object result = call.call();
      note(seed, what, "passed in silence: " + result.getClass().getSimpleName());
    } catch (IllegalArgumentException | IllegalStateException | NonFiniteException e) {
      note(seed, what, e.getMessage() == null || e.getMessage().length() < 20 ? "says " + e : null);
    } catch (Exception e) {
      note(seed, what, "wrong exception " + e + " at " + e.getStackTrace()[0]);
    }
  }

  /** NaN in one row of a prediction: that row as the formulas have it, the others untouched. */
  private void spoiledRow(long seed, Case c) {
    Mistakes.Feed feed = new Mistakes.Feed(c, c.anyBatch());
    if (Mistakes.NAN_INPUT.make(c, feed)) {
      count("predictions of NaN");
      note(seed, "prediction of NaN", c.predicts(feed.inputs));
    }
  }

  private void threads(long seed, Case c) throws InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      List<Callable<String>> calls = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        Map<String, INDArray> inputs = c.inputs(c.anyBatch());
        Grid expected = c.expected(inputs);
        calls.add(
            () ->
                c.differs(
                    expected, Grid.of(c.predictor().predict(inputs).values().iterator().next())));
      }
      for (Future<String> answer : pool.invokeAll(calls)) {
        note(seed, "shared predictor", answer(answer));
      }
      long before = c.trainer().steps();
      List<Callable<String>> steps = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Mistakes.Feed feed = new Mistakes.Feed(c, c.anyBatch());
        steps.add(
            () -> {
              c.trainer().trainOnBatch(examples(feed));
              return "moved";
            });
      }
      long moved = 0;
      for (Future<String> step : pool.invokeAll(steps)) {
        String answer = answer(step);
        if ("moved".equals(answer)) {
          moved++;
        } else {
          note(seed, "shared trainer", answer);
        }
      }
      note(
          seed,
          "shared trainer",
          c.trainer().steps() == before + moved
              ? null
              : moved + " steps counted as " + (c.trainer().steps() - before));
    } finally {
      pool.shutdown();
    }
  }

  private static String answer(Future<String> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      boolean refused =
          cause instanceof ConcurrentModificationException
              || cause instanceof IllegalStateException
              || cause instanceof NonFiniteException;
      return refused ? null : cause.toString();
    }
  }

  private void count(String what) {
    counts.merge(what, 1, Integer::sum);
  }

  private void note(long seed, String what, String finding) {
    if (finding != null) {
      findings.add(what + " of seed " + seed + ": " + finding);
    }
  }
}
