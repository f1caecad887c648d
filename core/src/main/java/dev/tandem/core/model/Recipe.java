package dev.tandem.core.model;

/**
 * A recipe that a model is compiled with. Recipes live to the right of this package; a model hands
 * them the snapshot and never knows them.
 *
 * @param <T> what compiling gives
 */
public interface Recipe<T> {

  /** The weights that may move, besides the flags. */
  default Selection selection() {
    return Selection.all();
  }

  /** The parts that run as in inference in its steps. */
  default InferenceParts inferenceParts() {
    return InferenceParts.NONE;
  }

  /** Makes the thing. */
  T compile(Snapshot snapshot);
}
