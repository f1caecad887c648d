package dev.tandem.core.engine;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A stretch of memory for one value, or for several that follow each other in it. */
final class Buffer {

  /** Where a buffer lies. */
  enum Home {
    /** What the caller feeds; the plan's for its whole life. */
    FEED,
    /** Never written after the plan is made. */
    CONSTANT,
    /** A variable's own array. */
    VARIABLE,
    /** What the caller can read; the plan's for its whole life. */
    OUTPUT,
    /** A part of the arena, the value's only while somebody needs it. */
    ARENA
  }

  private final Home home;
  private final DataType dtype;
  private final long length;
  private @Nullable DataBuffer memory;
  private long start;
  private @Nullable INDArray array;
  private @Nullable Buffer host;

  /** A buffer without memory yet. */
  Buffer(Home home, DataType dtype, long length) {
    this.home = home;
    this.dtype = dtype;
    this.length = length;
  }

  /** A buffer that is this array. */
  Buffer(Home home, INDArray array) {
    this(home, array.dataType(), array.length());
    place(array);
  }

  /** Lets this buffer lie in another one of the same size from now on. */
  void shareWith(Buffer other) {
    if (host != null || other.root() == this) {
      throw new IllegalStateException("a buffer shares with two others");
    }
    host = other;
  }

  /** The buffer that this one lies in after all sharing; often itself. */
  Buffer root() {
    return host == null ? this : host.root();
  }

  /** Where it lies, after all sharing. */
  Home home() {
    return root().home;
  }

  DataType dtype() {
    return dtype;
  }

  long length() {
    return length;
  }

  /** Gives it a whole array as its memory. */
  void place(INDArray whole) {
    place(whole.data(), 0);
    array = whole;
  }

  /** Gives it a stretch of a larger memory. */
  void place(DataBuffer larger, long begin) {
    memory = larger;
    start = begin;
  }

  /** The memory it lies in. */
  DataBuffer memory() {
    return Objects.requireNonNull(root().memory, "the buffer has no memory yet");
  }

  /** Where it begins in its memory. */
  long start() {
    return root().start;
  }

  /** The array that is its whole memory, if there is one. */
  @Nullable INDArray array() {
    return root().array;
  }
}
