package dev.tandem.core.op;

import dev.tandem.core.tensor.OwnedArrays;
import dev.tandem.core.tensor.Readable;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.core.tensor.Workspaces;
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

  /** A copy of the values in other memory, such as a card's, which may be newer than the array. */
  public interface Mirror {

    /** Brings the array up to date, if the copy is newer. */
    void fetch();

    /** Says that the copy is out of date, or will be before it is next needed. */
    void invalidate();

    /** Waits for what was asked of the engine before, and tells if that failed. */
    default void settle() {}
  }

  private final String name;
  private final TensorSpec spec;
  private @Nullable Supplier<INDArray> initial;
  private @Nullable INDArray array;
  private long changes;
  private @Nullable VariableGroup group;
  private int users;
  private boolean freed;
  private volatile @Nullable Mirror mirror;

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
   * The array in the host's memory itself, not a copy: the same object for the whole life of this
   * variable, for engines that compute in it in place. Whoever wants the values of now asks {@link
   * #read}, and whoever changes some asks {@link #write}.
   */
  public synchronized INDArray array() {
    requireNotFreed();
    if (array == null) {
      INDArray made = first();
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

  /** The first values, outside of any workspace that is open: they live longer. */
  private INDArray first() {
    return Workspaces.outside(
        () -> {
          INDArray made = Objects.requireNonNull(initial).get();
          return made.isAttached() ? made.detach() : made;
        });
  }

  private void requireNotFreed() {
    if (freed) {
      throw new IllegalStateException(
          "the memory of \"" + name + "\" was given back; load or build its model anew");
    }
  }

  /** Keeps the array where it is until {@link #release} was called as often. */
  public synchronized void retain() {
    requireNotFreed();
    users++;
  }

  /** Ends what one {@link #retain} began. */
  public synchronized void release() {
    users--;
  }

  /** Whether something keeps the array where it is. */
  public synchronized boolean isRetained() {
    return users > 0;
  }

  /**
   * Gives the memory back at once; what asks for the array afterwards gets an error.
   *
   * @throws IllegalStateException if something keeps the array where it is
   */
  public synchronized void free() {
    if (users > 0) {
      throw new IllegalStateException(
          "\""
              + name
              + "\" is used by "
              + users
              + " prepared graphs; close the trainers and predictors that compute with it first");
    }
    if (array != null) {
      OwnedArrays.free(array);
      array = null;
    }
    freed = true;
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

  /** The array with the values of now, to be read until the next step or change. */
  public INDArray read() {
    INDArray values = array();
    fetchMirror();
    return values;
  }

  /** The array with the values of now, some of which are about to be changed. */
  public INDArray write() {
    INDArray values = read();
    invalidateMirror();
    return values;
  }

  /** Brings the array up to date, for engines that are about to read it in place. */
  public void fetchMirror() {
    Mirror copy = mirror;
    if (copy != null) {
      copy.fetch();
    }
  }

  /** Says that the array becomes the newest, for engines that are about to write it in place. */
  public void invalidateMirror() {
    Mirror copy = mirror;
    if (copy != null) {
      copy.invalidate();
    }
  }

  /**
   * Lets an engine keep the values in other memory from now on; null ends it, after a last fetch.
   *
   * @throws IllegalStateException if another one does
   */
  public synchronized void mirror(@Nullable Mirror copy) {
    if (copy != null && mirror != null && mirror != copy) {
      throw new IllegalStateException(
          "\""
              + name
              + "\" has its values in the memory of another engine; close the trainers and"
              + " predictors that compute there first");
    }
    if (copy == null && mirror != null) {
      mirror.fetch();
    }
    mirror = copy;
  }

  /** A copy of the values, from before or after a step of another thread, not from its middle. */
  public INDArray values() {
    Lock held = group().read();
    try {
      return read().dup('c');
    } finally {
      held.unlock();
    }
  }

  /**
   * Replaces the values, in place, between steps of other threads.
   *
   * @throws IllegalArgumentException if the shape differs, or the values were closed
   */
  public void set(INDArray values) {
    if (values == null) {
      throw new IllegalArgumentException(
          "\"" + name + "\" was to be set to null; give an array " + spec);
    }
    if (!Readable.is(values)) {
      throw Readable.refusal("what \"" + name + "\" is set to", values);
    }
    if (!Arrays.equals(values.shape(), spec.shape().toArray())) {
      throw new IllegalArgumentException(
          "\"" + name + "\" is " + spec.shape() + ", not " + Shape.of(values.shape()));
    }
    Lock held = group().write();
    try {
      Mirror copy = mirror;
      if (copy != null) {
        copy.settle();
      }
      arrayToFill().assign(values);
      announceChange();
    } finally {
      held.unlock();
    }
  }

  /**
   * The array, all of whose values are about to be replaced: no first values are sampled for it.
   */
  public synchronized INDArray arrayToFill() {
    requireNotFreed();
    if (array == null) {
      array = OwnedArrays.create(spec);
      initial = null;
    }
    invalidateMirror();
    return array;
  }

  /** Counts one change of the values by whoever wrote into the array. */
  public void announceChange() {
    changes++;
  }

  /** The number of changes that were announced, those by {@link #set} among them. */
  public long changes() {
    return changes;
  }

  @Override
  public String toString() {
    return name + " " + spec;
  }
}
