package dev.tandem.core.tensor;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The sizes of a tensor's axes. The size of the first axis may be {@link #BATCH}: known only when a
 * batch arrives. All other sizes are at least zero.
 *
 * <p>Images are channels last: {@code (batch, height, width, channels)}.
 */
public final class Shape {

  /** The size of a batch axis that is not known yet. */
  public static final long BATCH = -1;

  private static final Shape SCALAR = new Shape(new long[0]);

  private final long[] sizes;

  private Shape(long[] sizes) {
    this.sizes = sizes;
  }

  /**
   * A shape of the given sizes.
   *
   * @param sizes at least zero each; the first may be {@link #BATCH}
   * @throws IllegalArgumentException if a size is negative
   */
  public static Shape of(long... sizes) {
    for (int i = 0; i < sizes.length; i++) {
      if (sizes[i] < 0 && !(i == 0 && sizes[i] == BATCH)) {
        throw new IllegalArgumentException(
            "size of axis " + i + " is negative: " + Arrays.toString(sizes));
      }
    }
    return sizes.length == 0 ? SCALAR : new Shape(sizes.clone());
  }

  /** The shape without axes. */
  public static Shape scalar() {
    return SCALAR;
  }

  /**
   * This shape behind a batch axis of unknown size: {@code (28, 28, 1)} to {@code (batch, 28, 28,
   * 1)}.
   */
  public Shape batched() {
    return prepend(BATCH);
  }

  /** This shape behind one more axis. */
  public Shape prepend(long size) {
    long[] all = new long[sizes.length + 1];
    all[0] = size;
    System.arraycopy(sizes, 0, all, 1, sizes.length);
    return of(all);
  }

  /** This shape with one more axis at its end. */
  public Shape append(long size) {
    long[] all = Arrays.copyOf(sizes, sizes.length + 1);
    all[sizes.length] = size;
    return of(all);
  }

  /** This shape with the size of one axis replaced; negative axes count from the end. */
  public Shape with(int axis, long size) {
    long[] all = sizes.clone();
    all[axis(axis)] = size;
    return of(all);
  }

  /** The first axis, and of the others those that are not of size 1. */
  public Shape squeezed() {
    return new Shape(
        IntStream.range(0, sizes.length)
            .filter(axis -> axis == 0 || sizes[axis] != 1)
            .mapToLong(axis -> sizes[axis])
            .toArray());
  }

  /** This shape without one axis; negative axes count from the end. */
  public Shape without(int axis) {
    int gone = axis(axis);
    long[] all = new long[sizes.length - 1];
    for (int i = 0, j = 0; i < sizes.length; i++) {
      if (i != gone) {
        all[j++] = sizes[i];
      }
    }
    return of(all);
  }

  /** The axes behind the first, {@code (28, 28, 1)} of {@code (batch, 28, 28, 1)}. */
  public Shape sample() {
    return without(0);
  }

  /** This shape with an unknown batch replaced by a number; a concrete shape stays as it is. */
  public Shape withBatch(long batch) {
    return isConcrete() ? this : with(0, batch);
  }

  /** The number of axes. */
  public int rank() {
    return sizes.length;
  }

  /** The size of an axis; negative axes count from the end. */
  public long size(int axis) {
    return sizes[axis(axis)];
  }

  /** The sizes as a new array. */
  public long[] toArray() {
    return sizes.clone();
  }

  /** Whether every size is known. */
  public boolean isConcrete() {
    return sizes.length == 0 || sizes[0] != BATCH;
  }

  /**
   * The number of elements.
   *
   * @throws IllegalStateException if the batch size is unknown
   */
  public long length() {
    if (!isConcrete()) {
      throw new IllegalStateException("the batch size of " + this + " is not known yet");
    }
    return LongStream.of(sizes).reduce(1, Math::multiplyExact);
  }

  /**
   * The coordinates of an element.
   *
   * @param index of it, counted in 'c' order
   */
  public Shape place(long index) {
    long[] place = new long[sizes.length];
    long rest = index;
    for (int axis = sizes.length - 1; axis >= 0; axis--) {
      place[axis] = rest % sizes[axis];
      rest /= sizes[axis];
    }
    return of(place);
  }

  /**
   * The index of an axis, counted from the end if negative.
   *
   * @throws IllegalArgumentException if there is no such axis
   */
  public int axis(int axis) {
    int index = axis < 0 ? axis + sizes.length : axis;
    if (index < 0 || index >= sizes.length) {
      throw new IllegalArgumentException("axis " + axis + " is not in " + this);
    }
    return index;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(sizes, shape.sizes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sizes);
  }

  /** As in {@code (batch, 28, 28, 1)}, {@code (10,)} and {@code ()}. */
  @Override
  public String toString() {
    if (sizes.length == 1) {
      return "(" + name(sizes[0]) + ",)";
    }
    return LongStream.of(sizes).mapToObj(Shape::name).collect(Collectors.joining(", ", "(", ")"));
  }

  private static String name(long size) {
    return size == BATCH ? "batch" : Long.toString(size);
  }
}
