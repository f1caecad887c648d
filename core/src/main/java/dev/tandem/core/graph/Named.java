package dev.tandem.core.graph;

/** A part of graphs that has a name there: an input, a layer or a model. */
public interface Named {

  /**
   * The name it was given. One without a name says its {@link #kind} here: which number comes
   * behind that is decided by each graph that it is part of.
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

  /** The first part of the names that graphs give it if it has none, as in {@code dense}. */
  default String kind() {
    return Naming.kindOf(typeName());
  }

  /** Kind and name for messages: {@code Dense "d1"}, or {@code unnamed Dense}. */
  default String label() {
    return isNamed() ? typeName() + " \"" + name() + "\"" : "unnamed " + typeName();
  }
}
