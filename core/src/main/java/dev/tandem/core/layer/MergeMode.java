package dev.tandem.core.layer;

/** What a {@link Bidirectional} makes of the outputs of both ways. */
public enum MergeMode {
  /** One behind the other along the last axis, the forward one first. */
  CONCATENATE,
  /** Their sum. */
  SUM,
  /** Their product. */
  MULTIPLY,
  /** Their mean. */
  AVERAGE,
  /** Two outputs, the forward one first. */
  SEPARATE
}
