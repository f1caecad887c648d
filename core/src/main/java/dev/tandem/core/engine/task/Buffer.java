package dev.tandem.core.engine.task;

import org.nd4j.linalg.api.buffer.DataType;

/**
 * A stretch of memory for one value, or for several that follow each other in it. Two buffers are
 * the same only if they are one object.
 */
public final class Buffer {

  /** Where a buffer lies. */
  public enum Home {
    /** What the caller feeds; the plan's for its whole life. */
    FEED,
    /** Never written after the setup. */
    CONSTANT,
    /** A variable's own memory. */
    VARIABLE,
    /** What the caller can read; the plan's for its whole life. */
    OUTPUT,
    /** A part of the arena, the value's only while somebody needs it. */
    ARENA
  }

  private final Home home;
  private final DataType dtype;
  private final long length;

  /** A buffer. */
  Buffer(Home home, DataType dtype, long length) {
    this.home = home;
    this.dtype = dtype;
    this.length = length;
  }

  /** Where it lies, unless it lies {@linkplain Hosts in another one}. */
  public Home home() {
    return home;
  }

  /** The type of its elements. */
  public DataType dtype() {
    return dtype;
  }

  /** The number of its elements. */
  public long length() {
    return length;
  }

  /** What it takes, in bytes. */
  public long bytes() {
    return length * dtype.width();
  }
}
