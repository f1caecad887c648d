package dev.tandem.core.graph;

import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A tensor in a graph: it has a shape and a type and no values. Compared by identity. */
public class SymbolicTensor {

  private final TensorSpec spec;
  private final @Nullable Node producer;
  private final int index;
  private final boolean masked;

  SymbolicTensor(TensorSpec spec, Node producer, int index, boolean masked) {
    this.spec = spec;
    this.producer = producer;
    this.index = index;
    this.masked = masked;
  }

  /** An {@link Input}, which no call produces. */
  SymbolicTensor(TensorSpec spec) {
    this.spec = spec;
    this.producer = null;
    this.index = 0;
    this.masked = false;
  }

  /** Its shape, with an open batch axis if it has one, and its type. */
  public TensorSpec spec() {
    return spec;
  }

  /** Its shape. */
  public Shape shape() {
    return spec.shape();
  }

  /** The call it comes from; null if it is an {@link Input}. */
  public @Nullable Node producer() {
    return producer;
  }

  /**
   * The operation whose call it comes from, or the {@link Input} itself: what it is named after.
   */
  public Named source() {
    return Objects.requireNonNull(producer).operation();
  }

  /** Its number among the outputs of the call it comes from. */
  public int index() {
    return index;
  }

  /**
   * Whether a mask goes along with it, which says for each sample which of its steps, axis 1, count
   * and which are padding: one that a layer such as {@code Masking} made, and others handed on.
   */
  public final boolean isMasked() {
    return masked;
  }

  /** As in {@code output of "conv3" float32 (batch, 7, 7, 128)}. */
  @Override
  public String toString() {
    return "output"
        + (index > 0 ? " " + index : "")
        + " of "
        + (source().isNamed() ? "\"" + source().name() + "\"" : source().label())
        + " "
        + spec;
  }
}
