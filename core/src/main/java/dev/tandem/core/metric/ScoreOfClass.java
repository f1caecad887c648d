package dev.tandem.core.metric;

import java.util.Objects;

/**
 * A score of one class of several, counted as {@link ClassScore} does.
 *
 * @param kind of score
 * @param number of the class, counted from 0
 */
public record ScoreOfClass(ClassScore.Kind kind, int number) implements Metric {

  /** Checks the number. */
  public ScoreOfClass {
    Objects.requireNonNull(kind, "kind");
    if (number < 0) {
      throw new IllegalArgumentException("class number is not at least 0: " + number);
    }
  }

  /** As in {@code recall_of_class_3}. */
  @Override
  public String name() {
    return kind.label() + "_of_class_" + number;
  }

  @Override
  public Accumulator accumulator() {
    return new ConfusionMatrix(name(), 0.5, matrix -> matrix.score(kind, number));
  }
}
