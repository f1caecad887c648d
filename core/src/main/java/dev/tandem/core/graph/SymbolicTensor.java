package dev.tandem.core.graph;

import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;

/** A tensor in a drawing: it has a shape and a type and no values. Compared by identity. */
public class SymbolicTensor {

  private final TensorSpec spec;
  private final Node producer;
  private final int index;

  SymbolicTensor(TensorSpec spec, Node producer, int index) {
    this.spec = spec;
    this.producer = producer;
    this.index = index;
  }

  /** For {@link Input}, which is its own producer's callee. */
  SymbolicTensor(TensorSpec spec, java.util.function.Function<SymbolicTensor, Node> producer) {
    this.spec = spec;
    this.producer = producer.apply(this);
    this.index = 0;
  }

  /** Its shape, with an open batch axis if it has one, and its type. */
  public TensorSpec spec() {
    return spec;
  }

  /** Its shape. */
  public Shape shape() {
    return spec.shape();
  }

  /** The call it comes from. */
  public Node producer() {
    return producer;
  }

  /** Which output of that call it is. */
  public int index() {
    return index;
  }

  /** As in {@code output of "conv3" float32 (batch, 7, 7, 128)}. */
  @Override
  public String toString() {
    return "output"
        + (index > 0 ? " " + index : "")
        + " of "
        + (producer.callee().isNamed()
            ? "\"" + producer.callee().name() + "\""
            : producer.callee().label())
        + " "
        + spec;
  }
}
