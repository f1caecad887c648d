package dev.tandem.core.layer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * A function of tensors as a layer, written in ops. It has no weights. Its output shape is found by
 * writing it on scratch for two batch sizes. A model with lambdas cannot be saved as a whole (a
 * function has no file format), but its weights can.
 */
public final class Lambda extends Layer {

  /** What a lambda computes. */
  @FunctionalInterface
  public interface Function {
    /** The output from the inputs. */
    Value apply(Ops ops, List<Value> inputs);
  }

  private final Function function;
  private final Tracing tracing = new Tracing();

  private Lambda(String name, Function function) {
    super(name);
    this.function = Objects.requireNonNull(function);
  }

  private Lambda(Function function) {
    this.function = Objects.requireNonNull(function);
  }

  /** A layer that applies a function. */
  public static Lambda of(String name, Function function) {
    return new Lambda(name, function);
  }

  /** A layer that applies a function and gets a name of its own. */
  public static Lambda of(Function function) {
    return new Lambda(function);
  }

  @Override
  protected Layer unbuilt(UnaryOperator<Layer> copies) {
    return new Lambda(function);
  }

  @Override
  protected List<TensorSpec> outputs(List<TensorSpec> inputs) {
    return List.of(tracing.output(this, inputs, function));
  }

  @Override
  List<TensorSpec> promised(List<TensorSpec> inputs) {
    return tracing.promised(inputs).map(List::of).orElseGet(() -> outputs(inputs));
  }

  @Override
  protected List<Value> forward(LayerCall forward, List<Value> inputs) {
    return List.of(function.apply(forward.ops(), inputs));
  }
}
