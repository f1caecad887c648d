package dev.tandem.core.graph;

import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.Objects;
import org.nd4j.linalg.api.buffer.DataType;

/** A tensor at which values enter a graph. It has a name and cannot be called. */
public final class Input extends SymbolicTensor implements Named {

  private final String name;

  private Input(String name, TensorSpec spec) {
    super(spec);
    this.name = Objects.requireNonNull(name);
  }

  /**
   * A float32 input.
   *
   * @param name unique in a graph
   * @param sample the shape without the batch axis: {@code (28, 28, 1)} takes (batch, 28, 28, 1)
   */
  public static Input of(String name, Shape sample) {
    return of(name, sample, DataType.FLOAT);
  }

  /** An input of one axis: {@code Input.of("noise", 100)} takes (batch, 100). */
  public static Input of(String name, long... sample) {
    return of(name, Shape.of(sample), DataType.FLOAT);
  }

  /**
   * An input of another type: {@link DataType#DOUBLE} makes the layers behind it compute in
   * float64, {@link DataType#INT} holds class numbers or indices.
   */
  public static Input of(String name, Shape sample, DataType dtype) {
    return new Input(name, new TensorSpec(sample.batched(), dtype));
  }

  /** An input with the shape and type of another tensor, to stand in its place. */
  public static Input like(String name, SymbolicTensor tensor) {
    return new Input(name, tensor.spec());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String typeName() {
    return "Input";
  }

  @Override
  public Named source() {
    return this;
  }

  /** As in {@code input "x" float32 (batch, 10)}. */
  @Override
  public String toString() {
    return "input \"" + name + "\" " + spec();
  }
}
