package dev.tandem.core.engine.memory;

/**
 * A lifetime: positions in an order, both included.
 *
 * @param first when the content begins to matter
 * @param last when it is needed for the last time
 */
public record Span(int first, int last) {

  /** The shortest that has both. */
  public Span with(Span other) {
    return new Span(Math.min(first, other.first), Math.max(last, other.last));
  }

  /** Whether there is a position in both. */
  public boolean meets(Span other) {
    return first <= other.last && other.first <= last;
  }
}
