package dev.tandem.core.op;

/** Makes graphs runnable. All engines compute the same; they differ in speed. */
public interface Engine {

  /** Makes a graph runnable. */
  Program prepare(OpGraph graph);
}
