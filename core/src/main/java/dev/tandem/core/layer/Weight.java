package dev.tandem.core.layer;

import dev.tandem.core.backend.Backend;
import dev.tandem.core.initializer.Initializer;
import dev.tandem.core.op.Variable;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.op.random.Seeds;
import dev.tandem.core.regularizer.Regularizer;
import dev.tandem.core.tensor.OwnedArrays;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One named array, owned by one layer. A parameter is moved by gradients; state is moved by the
 * forward pass in training, and is never trainable.
 */
public final class Weight {

  /** What moves a weight. */
  public enum Kind {
    /** Moved by gradients. */
    PARAMETER,
    /** Moved by the forward pass of a training step; of several batches the mean is kept. */
    STATE,
    /**
     * Moved by the forward pass of a training step, and handed on to the next: something of which a
     * mean is none, as a pool of samples or a count. Of a step's several batches, in turn or on
     * several workers, each has a memory of its own: {@link Weight#part}.
     */
    MEMORY
  }

  private final Layer owner;
  private final String name;
  private final Kind kind;
  private final Initializer initializer;
  private final @Nullable Regularizer regularizer;
  private final Variable variable;
  private final List<Variable> parts = new ArrayList<>();
  private @Nullable Long seed;

  Weight(
      Layer owner,
      String name,
      TensorSpec spec,
      Kind kind,
      Initializer initializer,
      @Nullable Regularizer regularizer) {
    this.owner = owner;
    this.name = name;
    this.kind = kind;
    this.initializer = initializer;
    this.regularizer = regularizer;
    this.variable =
        new Variable(
            owner.name() + "/" + name, spec, () -> initial(seed == null ? Seeds.fresh() : seed));
  }

  private INDArray initial(long seed) {
    Backend.require();
    INDArray array = OwnedArrays.create(spec());
    initializer.fill(array, CounterRandom.of(seed));
    return array;
  }

  /** The layer it belongs to. */
  public Layer owner() {
    return owner;
  }

  /** Its name in the layer, as in {@code kernel}. */
  public String name() {
    return name;
  }

  /**
   * The layer's name and its own, as in {@code conv1/kernel}. What tells it apart from all others
   * of a model is its path there, {@code model.weightsByPath()}.
   */
  public String path() {
    return owner.name() + "/" + name;
  }

  /** Whether gradients move it, or the forward pass. */
  public Kind kind() {
    return kind;
  }

  /** Whether it is moved by gradients. */
  public boolean isParameter() {
    return kind == Kind.PARAMETER;
  }

  /** Its concrete shape and its type. */
  public TensorSpec spec() {
    return variable.spec();
  }

  /** Its shape. */
  public Shape shape() {
    return variable.spec().shape();
  }

  /** The number of its elements. */
  public long length() {
    return shape().length();
  }

  /** The array that plans read and write. */
  public Variable variable() {
    return variable;
  }

  /** How it is penalized, if it is. */
  public @Nullable Regularizer regularizer() {
    return regularizer;
  }

  /**
   * The memory of one of the batches of a step: that of the first one is {@link #variable}, others
   * are made when they are asked for, with the same first values.
   *
   * @param number of the batch in the step, over all workers, counted from 0
   * @throws IllegalStateException if there is another one than the first of what is no memory
   */
  public synchronized Variable part(int number) {
    if (number > 0 && kind != Kind.MEMORY) {
      throw new IllegalStateException(
          "\"" + path() + "\" is no memory that batches have of their own");
    }
    while (parts.size() < number) {
      parts.add(
          new Variable(
              path() + "#" + (parts.size() + 1),
              spec(),
              () -> initial(seed == null ? Seeds.fresh() : seed)));
    }
    return number == 0 ? variable : parts.get(number - 1);
  }

  /** The number of its parts: 1, or as many as batches of a step have been known to it. */
  public synchronized int parts() {
    return 1 + parts.size();
  }

  /** A copy of its values. */
  public INDArray values() {
    return variable.values();
  }

  /**
   * Replaces its values, for every model that computes its layer.
   *
   * @throws IllegalArgumentException if the shape differs
   */
  public void set(INDArray values) {
    variable.set(values);
  }

  /** Samples its first values again, as a function of the seed. */
  public void initialize(long number) {
    seed = number;
    if (variable.isMade()) {
      INDArray first = initial(number);
      variable.set(first);
      OwnedArrays.free(first);
    }
  }

  /** Whether it has no values yet, and no seed that they will follow from. */
  public boolean isNew() {
    return seed == null && !variable.isMade();
  }

  @Override
  public String toString() {
    return path() + " " + spec();
  }
}
