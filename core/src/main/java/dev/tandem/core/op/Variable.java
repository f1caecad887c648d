package dev.tandem.core.op;

import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A named array that outlives a step: a weight, an optimizer's slot, a gradient between the two
 * halves of a step. Graphs refer to it, so whoever refers to the same variable shares its values.
 */
public final class Variable {

  private final String name;
  private final TensorSpec spec;
  private Supplier<INDArray> initial;
  private INDArray array;
  private long changes;

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

  /**
   * Replaces the values, in place.
   *
   * @throws IllegalArgumentException if the shape differs
   */
  public void set(INDArray values) {
    if (values == null) {
      throw new IllegalArgumentException(
          "\"" + name + "\" was to be set to null; give an array " + spec);
    }
    if (!Arrays.equals(values.shape(), spec.shape().toArray())) {
      throw new IllegalArgumentException(
          "\"" + name + "\" is " + spec.shape() + ", not " + Shape.of(values.shape()));
    }
    arrayToFill().assign(values);
    announceChange();
  }

  /** The array, all of whose values are about to be replaced: no first values are drawn for it. */
  public synchronized INDArray arrayToFill() {
    if (array == null) {
      array = Nd4j.createUninitializedDetached(spec.dtype(), 'c', spec.shape().toArray());
      initial = null;
    }
    return array;
  }

  /** Counts one change of the values by whoever wrote into the array. */
  public void announceChange() {
    changes++;
  }

  /** How many changes were announced, those by {@link #set} among them. */
  public long changes() {
    return changes;
  }

  @Override
  public String toString() {
    return name + " " + spec;
  }
}
