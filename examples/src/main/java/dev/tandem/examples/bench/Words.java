package dev.tandem.examples.bench;

import dev.tandem.examples.bench.measure.Task;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.ParameterException;

/**
 * The arguments that are no options.
 *
 * @param all of them, as they were written
 * @param wrong makes the error of a message
 */
record Words(List<String> all, Function<String, ParameterException> wrong) {

  /** The task that a label names. */
  Task task(String label) {
    return Task.of(label)
        .orElseThrow(
            () ->
                wrong.apply(
                    label.equals(Task.PREDICT)
                        ? "predict is all predictions with --peers; alone there are "
                            + Task.predictions().stream().map(Task::label).toList()
                        : "there is no workload \"" + label + "\"; there are " + Task.labels()));
  }

  /** The tasks that a word names: one by its label, or all predictions. */
  List<Task> tasks(String word) {
    return word.equals(Task.PREDICT) ? Task.predictions() : List.of(task(word));
  }

  /** The word at a place that must be there. */
  String required(int place, String name) {
    if (all.size() <= place) {
      throw wrong.apply("Missing required parameter: '" + name + "'");
    }
    return all.get(place);
  }

  /** The number at a place, or another if there is no word. */
  int number(int place, String name, int least, int otherwise) {
    if (all.size() <= place) {
      return otherwise;
    }
    return atLeast(least, parsed(all.get(place), name), name);
  }

  private int parsed(String word, String name) {
    try {
      return Integer.parseInt(word);
    } catch (NumberFormatException e) {
      throw wrong.apply(name + " is not a whole number: " + word);
    }
  }

  /** A number that must not be too small. */
  int atLeast(int least, int value, String name) {
    if (value < least) {
      throw wrong.apply(name + " is not at least " + least + ": " + value);
    }
    return value;
  }

  /** There must not be more words than these. */
  void atMost(int count) {
    if (all.size() > count) {
      throw wrong.apply("Unmatched argument: '" + all.get(count) + "'");
    }
  }
}
