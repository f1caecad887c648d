package dev.tandem.core.graph;

import java.util.List;

/**
 * A layer or a model: anything that may be called on symbolic tensors, any number of times, with
 * the same weights each time. There are no other operations; a computation without weights is a
 * layer, too.
 */
public interface Operation extends Named {

  /**
   * Records one call.
   *
   * @return its output
   * @throws IllegalArgumentException if number, shapes or types of the inputs do not fit
   * @throws IllegalStateException if there are several outputs; use {@link #applyAll}
   */
  SymbolicTensor apply(SymbolicTensor... inputs);

  /** Records one call and gives all its outputs. */
  List<SymbolicTensor> applyAll(List<? extends SymbolicTensor> inputs);

  /** Whether its weights are declared: of a model always, of a layer from its first call on. */
  boolean isBuilt();

  /** Whether trainers compiled from now on may move its parameters. */
  boolean isTrainable();

  /**
   * Freezes or unfreezes it for trainers compiled from now on: a layer in every model, a model for
   * its own step and where other models call it.
   */
  void setTrainable(boolean trainable);
}
