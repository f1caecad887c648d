package dev.tandem.core.op;

import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import org.nd4j.linalg.api.buffer.DataType;

/** One output of one call of an op: a node's result in an {@link OpGraph}. */
public final class Value {

  private final OpCall call;
  private final int index;
  private final TensorSpec spec;

  Value(OpCall call, int index, TensorSpec spec) {
    this.call = call;
    this.index = index;
    this.spec = spec;
  }

  /** The call that computes it. */
  public OpCall call() {
    return call;
  }

  /** Its number among the outputs of that call. */
  public int index() {
    return index;
  }

  /** Its concrete shape and its type. */
  public TensorSpec spec() {
    return spec;
  }

  /** Its concrete shape. */
  public Shape shape() {
    return spec.shape();
  }

  /** Its element type. */
  public DataType dtype() {
    return spec.dtype();
  }

  /** The number of its axes. */
  public int rank() {
    return spec.shape().rank();
  }

  /** As in {@code %12:matmul float32 (64, 10)}. */
  @Override
  public String toString() {
    return "%" + call.id() + (index > 0 ? "." + index : "") + ":" + call.op().opName() + " " + spec;
  }
}
