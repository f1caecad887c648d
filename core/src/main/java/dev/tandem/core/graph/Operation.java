package dev.tandem.core.graph;

/** Something that can be called on symbolic tensors: an input, a layer, a model. */
public interface Operation {

  /**
   * The name it was given. One without a name says its {@link #kind} here: which number comes
   * behind that is decided by each graph that calls it.
   */
  String name();

  /** Whether it was given a name. */
  default boolean isNamed() {
    return true;
  }

  /** The kind, as in {@code Dense}. */
  default String typeName() {
    return getClass().getSimpleName();
  }

  /** What the names begin with that graphs give it if it has none, as in {@code dense}. */
  default String kind() {
    return Naming.kindOf(typeName());
  }

  /** Kind and name for messages: {@code Dense "d1"}, or {@code unnamed Dense}. */
  default String label() {
    return isNamed() ? typeName() + " \"" + name() + "\"" : "unnamed " + typeName();
  }
}
