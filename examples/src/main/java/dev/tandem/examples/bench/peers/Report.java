package dev.tandem.examples.bench.peers;

import com.google.common.collect.ImmutableSet;
import dev.tandem.examples.bench.measure.Task;
import dev.tandem.examples.bench.support.Figures;
import dev.tandem.examples.bench.support.Outcome;
import dev.tandem.examples.cli.MarkdownTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Results as tables, in Markdown: systems down, workloads across.
 *
 * @param setting how they came about
 */
record Report(Setting setting, Results results) {

  /** All of it. */
  String text() {
    return origin()
        + "\nMedian time of a step in ms, over rounds; behind it the multiple of Tandem's.\n\n"
        + table(this::time)
        + "\nFastest and slowest round, ms.\n\n"
        + table(this::spread)
        + tails()
        + "\nPeak memory of the process, MB.\n\n"
        + table((system, task) -> number(system, task, "%.0f", Figures::peakMegabytes))
        + "\nFrom the start of the JVM to the first completed step, s.\n\n"
        + table((system, task) -> number(system, task, "%.2f", Figures::firstStepSeconds))
        + notes();
  }

  private String origin() {
    return String.format(
            Locale.ROOT,
            "Measured %s on %s, %d cores, %s, Java %s; threads in every system: %s; rounds: %d.%n",
            setting.date(),
            setting.cpu(),
            setting.cores(),
            setting.system(),
            setting.java(),
            setting.threads(),
            setting.rounds())
        + setting.versions().entrySet().stream()
            .map(entry -> entry.getKey() + ": " + entry.getValue())
            .collect(Collectors.joining("; ", "Versions: ", ".\n"));
  }

  /** Of predictions, which are waited for. */
  private String tails() {
    List<Task> predictions = results.tasks().stream().filter(Task::predicts).toList();
    return predictions.isEmpty()
        ? ""
        : "\nWhat 99 of 100 predictions stay below, ms.\n\n"
            + table(
                predictions,
                (system, task) ->
                    number(system, task, "%s", figures -> significant(figures.tail())));
  }

  private String table(BiFunction<String, Task, String> cell) {
    return table(results.tasks(), cell);
  }

  private String table(List<Task> tasks, BiFunction<String, Task, String> cell) {
    List<String> headings = new ArrayList<>(List.of("system"));
    tasks.forEach(task -> headings.add(task.label()));
    MarkdownTable table = new MarkdownTable(headings);
    for (String system : results.systems()) {
      List<String> row = new ArrayList<>(List.of(system));
      tasks.forEach(task -> row.add(cell.apply(system, task)));
      table.row(row);
    }
    return table.text();
  }

  private String time(String system, Task task) {
    String median = number(system, task, "%s", figures -> significant(figures.median()));
    Optional<Double> ratio = results.ratio(system, task);
    return ratio.isEmpty() || system.equals(results.reference())
        ? median
        : median + String.format(Locale.ROOT, " (%.2f×)", ratio.get());
  }

  private String spread(String system, Task task) {
    List<Figures> rounds = results.measured(system, task);
    if (rounds.isEmpty()) {
      return word(system, task);
    }
    double least = rounds.stream().mapToDouble(Figures::median).min().orElseThrow();
    double most = rounds.stream().mapToDouble(Figures::median).max().orElseThrow();
    return significant(least) + "–" + significant(most);
  }

  private String number(String system, Task task, String format, Function<Figures, Object> figure) {
    return results
        .medians(system, task)
        .map(figures -> String.format(Locale.ROOT, format, figure.apply(figures)))
        .orElseGet(() -> word(system, task));
  }

  /** What stands where there is no number. */
  private String word(String system, Task task) {
    List<Outcome> outcomes = results.of(system, task);
    if (outcomes.isEmpty()) {
      return "not run";
    }
    return outcomes.get(0) instanceof Outcome.Unsupported ? "unsupported" : "failed";
  }

  private static String significant(double milliseconds) {
    String format = milliseconds < 10 ? "%.2f" : milliseconds < 100 ? "%.1f" : "%.0f";
    return String.format(Locale.ROOT, format, milliseconds);
  }

  /** A line for everything that is not a number. */
  private String notes() {
    ImmutableSet.Builder<String> notes = ImmutableSet.builder();
    for (String system : results.systems()) {
      for (Task task : results.tasks()) {
        List<Outcome> outcomes = results.of(system, task);
        for (int round = 0; round < outcomes.size(); round++) {
          String label = "- " + system + " " + task.label();
          if (outcomes.get(round) instanceof Outcome.Unsupported unsupported) {
            notes.add(label + " unsupported: " + unsupported.reason() + ".");
          } else if (outcomes.get(round) instanceof Outcome.Failed failed) {
            notes.add(label + " failed in round " + (round + 1) + ": " + failed.reason() + ".");
          }
        }
      }
    }
    String lines = String.join("\n", notes.build());
    return lines.isEmpty() ? "" : "\n" + lines + "\n";
  }
}
