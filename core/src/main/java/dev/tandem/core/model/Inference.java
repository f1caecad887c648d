package dev.tandem.core.model;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.graph.SymbolicTensor;
import java.util.List;

/**
 * A model as it is called to run as in inference, in training steps too: {@code
 * trunk.inference().apply(x)}. In such a call batch normalization takes its moving statistics and
 * leaves them, dropout and noise do nothing, and no other state moves. Which parameters move is
 * decided by flags and selections as in any call.
 */
public final class Inference {

  private final Model model;

  Inference(Model model) {
    this.model = model;
  }

  /**
   * Records a call of the whole model.
   *
   * @throws IllegalArgumentException if number, shapes or types of the inputs differ
   * @throws IllegalStateException if the model has several outputs; use {@link #applyAll}
   */
  public SymbolicTensor apply(SymbolicTensor... inputs) {
    return Calls.only(model, applyAll(List.of(inputs)));
  }

  /** Records a call of the whole model and gives all its outputs. */
  public List<SymbolicTensor> applyAll(List<? extends SymbolicTensor> inputs) {
    return Calls.of(model, ImmutableList.copyOf(inputs), true);
  }

  @Override
  public String toString() {
    return model + " as in inference";
  }
}
