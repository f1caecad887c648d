package dev.tandem.core.train.callback;

import java.io.Console;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * A line on the terminal that says how far a loop is: steps, their rate, the time left, the losses.
 *
 * <pre>{@code
 * try (Progress progress = Progress.of("dcgan", steps).labels("d", "g")) {
 *   for (…) {
 *     progress.step(d.loss(), g.loss());
 *   }
 * }
 * }</pre>
 *
 * <p>It is silent where there is no terminal. Steps cost next to nothing: the line is printed by a
 * thread of its own, and texts are made a few times a second.
 */
public final class Progress implements AutoCloseable {

  private static final long TEXT_NANOS = 200_000_000;
  private static final int LINE_MILLIS = 500;

  private final String task;
  private final long steps;
  private final boolean visible;
  private final Supplier<@Nullable ProgressBarConsumer> screen;
  private List<String> labels = List.of();
  private String phase = "";
  private long done;
  private long started;
  private long textTime;
  private me.tongfei.progressbar.@Nullable ProgressBar bar;

  Progress(
      String task, long steps, boolean visible, Supplier<@Nullable ProgressBarConsumer> screen) {
    if (steps < 0) {
      throw new IllegalArgumentException("number of steps is not at least 0: " + steps);
    }
    this.task = task;
    this.steps = steps;
    this.visible = visible;
    this.screen = screen;
  }

  /** A line for so many steps, on the terminal if there is one. */
  public static Progress of(String task, long steps) {
    return new Progress(task, steps, isOnTerminal(), () -> null);
  }

  /** No line: for those who asked for quiet. */
  public static Progress silent() {
    return new Progress("", 0, false, () -> null);
  }

  private static boolean isOnTerminal() {
    Console console = System.console();
    return console != null && isTerminal(console) && !"dumb".equals(System.getenv("TERM"));
  }

  /** From Java 22 on there is a console without a terminal too, and a method that tells. */
  private static boolean isTerminal(Console console) {
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  /** The names of the losses of {@link #step}, in their order. */
  public Progress labels(String... names) {
    labels = List.of(names);
    return this;
  }

  /** The number of steps that were done before, in a loop that is resumed. */
  public Progress startingAt(long step) {
    done = step;
    started = step;
    return this;
  }

  /** The phase, shown before the losses: {@code epoch 2 of 5}. */
  public Progress phase(String text) {
    phase = text;
    return this;
  }

  /** One more step is done; its losses are shown. */
  public void step(double... losses) {
    step(() -> losses);
  }

  /** One more step is done; its losses are asked for when the text is made. */
  public void step(Supplier<double[]> losses) {
    done++;
    if (!visible) {
      return;
    }
    if (bar == null) {
      bar = start();
    }
    bar.stepTo(done);
    long now = System.nanoTime();
    if (textTime == 0 || now - textTime > TEXT_NANOS || done == steps) {
      textTime = now;
      bar.setExtraMessage(" " + text(losses.get())); // the bar puts no space before it
    }
  }

  /** The number of steps that are done. */
  public long done() {
    return done;
  }

  /** As in {@code epoch 2 of 5, d 0.6931, g 0.7012}. */
  String text(double... losses) {
    StringBuilder text = new StringBuilder(phase);
    for (int i = 0; i < losses.length; i++) {
      text.append(text.length() == 0 ? "" : ", ")
          .append(i < labels.size() ? labels.get(i) : "loss")
          .append(' ')
          .append(String.format(Locale.ROOT, "%.4g", losses[i]));
    }
    return text.toString();
  }

  private me.tongfei.progressbar.ProgressBar start() {
    ProgressBarBuilder builder =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(steps)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(LINE_MILLIS)
            .setUnit(" steps", 1)
            .showSpeed(new DecimalFormat("0.0", DecimalFormatSymbols.getInstance(Locale.ROOT)))
            .startsFrom(started, java.time.Duration.ZERO);
    ProgressBarConsumer consumer = screen.get();
    return consumer == null ? builder.build() : builder.setConsumer(consumer).build();
  }

  /** Prints the line for the last time and ends it. */
  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
