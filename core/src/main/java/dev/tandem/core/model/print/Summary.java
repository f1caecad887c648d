package dev.tandem.core.model.print;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.tensor.Shape;

/**
 * A table of the parts of a model and of what its step would move, as the flags were when it was
 * asked for. {@link #toString} prints it as a table.
 *
 * @param title the model's name, and whether it was frozen
 * @param rows inputs, layers and nested models by first appearance, each once
 * @param total all weights, each once
 * @param trainable those that a step would move
 * @param nonTrainable those that it would not
 */
public record Summary(
    String title, ImmutableList<Row> rows, Size total, Size trainable, Size nonTrainable) {

  /**
   * An input, a layer or a nested model.
   *
   * @param name of it
   * @param type its kind, as in {@code Dense}
   * @param calls in this model; of an input the one place where it enters
   * @param params the number of numbers in its weights, whoever else has them too
   * @param trainable whether its parameters would move in a step of this model
   */
  public record Row(
      String name, String type, ImmutableList<Call> calls, long params, Moves trainable) {}

  /**
   * One call.
   *
   * @param outputs the shapes of its outputs
   * @param inputs where its inputs come from: a name, or {@code name[call][output]} where there are
   *     several
   */
  public record Call(ImmutableList<Shape> outputs, ImmutableList<String> inputs) {}

  /**
   * The size of some weights.
   *
   * @param params the number of numbers in them
   * @param bytes the memory they take
   */
  public record Size(long params, long bytes) {}

  /** The share of some parameters that would move. */
  public enum Moves {
    /** All of them. */
    YES("Y"),
    /** None of them. */
    NO("N"),
    /** Some of them. */
    MIXED("mixed"),
    /** There are none. */
    NONE("-");

    private final String sign;

    Moves(String sign) {
      this.sign = sign;
    }

    /** As in the table. */
    @Override
    public String toString() {
      return sign;
    }
  }

  /** The table. */
  @Override
  public String toString() {
    return SummaryText.of(this);
  }
}
