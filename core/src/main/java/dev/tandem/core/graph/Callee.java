package dev.tandem.core.graph;

/** Something that can be called on symbolic tensors: an input, a layer, a model. */
public interface Callee {

  /** The name, unique in a graph. */
  String name();

  /** The kind, as in {@code Dense}. */
  default String typeName() {
    return getClass().getSimpleName();
  }
}
