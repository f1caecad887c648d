package dev.tandem.core.op;

import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A named array that outlives a step: a weight, an optimizer's slot, a gradient between the two
 * halves of a step. Graphs refer to it, so whoever refers to the same variable shares its values.
 */
public final class Variable {

  private final String name;
  private final TensorSpec spec;
  private Supplier<INDArray> initial;
  private INDArray array;
  private @Nullable VariableGroup group;

  /**
   * A variable whose array is made at first use.
   *
   * @param spec concrete
   * @param initial makes the first values, in 'c' order and of the spec's shape and type
   */
  public Variable(String name, TensorSpec spec, Supplier<INDArray> initial) {
    this.name = Objects.requireNonNull(name);
    this.spec = Objects.requireNonNull(spec);
    this.initial = Objects.requireNonNull(initial);
  }

  /** The name, for listings and messages. */
  public String name() {
    return name;
  }

  /** Its shape and type. */
  public TensorSpec spec() {
    return spec;
  }

  /**
   * The array itself, not a copy: the same object for the whole life of this variable. Plans write
   * into it in place.
   */
  public synchronized INDArray array() {
    if (array == null) {
      INDArray made = initial.get();
      if (made.ordering() != 'c'
          || made.isView()
          || made.dataType() != spec.dtype()
          || !Arrays.equals(made.shape(), spec.shape().toArray())) {
        throw new IllegalStateException(
            "first values of \"" + name + "\" are not a fresh 'c' array of " + spec);
      }
      array = made;
      initial = null;
    }
    return array;
  }

  /** Whether the array exists already. */
  public synchronized boolean isMade() {
    return array != null;
  }

  /** The variables that are computed with together with this one. */
  synchronized VariableGroup group() {
    if (group == null) {
      group = new VariableGroup();
    }
    return group;
  }

  /** A copy of the values, from before or after a step of another thread, not from its middle. */
  public INDArray values() {
    Lock held = group().read();
    try {
      return array().dup('c');
    } finally {
      held.unlock();
    }
  }

  /**
   * Replaces the values, in place, between steps of other threads.
   *
   * @throws IllegalArgumentException if the shape differs
   */
  public void set(INDArray values) {
    if (!Arrays.equals(values.shape(), spec.shape().toArray())) {
      throw new IllegalArgumentException(
          "\"" + name + "\" is " + spec.shape() + ", not " + Shape.of(values.shape()));
    }
    Lock held = group().write();
    try {
      array().assign(values);
    } finally {
      held.unlock();
    }
  }

  @Override
  public String toString() {
    return name + " " + spec;
  }
}
