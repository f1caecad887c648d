package dev.tandem.gan.conditioning;

import dev.tandem.core.graph.Input;
import dev.tandem.core.tensor.TensorSpec;

/** The names of the inputs of steps. */
public final class InputNames {

  /** The int32 labels of a batch: (batch). */
  public static final String LABEL = "label";

  /** The sources that samples belong to: (batch, …). */
  public static final String SOURCE = "source";

  /** Zeros (batch, 1) that give the batch size to a step without samples. */
  public static final String ROWS = "rows";

  private InputNames() {}

  /**
   * Real samples (batch, …): the first ones, or others that are packed with them, or, with a cycle,
   * those of the second domain.
   */
  public static String real(int index) {
    return index == 0 ? "real" : "real_" + index;
  }

  static Input input(String name, TensorSpec spec) {
    return Input.of(name, spec.shape().sample(), spec.dtype());
  }
}
