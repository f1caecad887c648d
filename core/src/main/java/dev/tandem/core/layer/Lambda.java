package dev.tandem.core.layer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A function of tensors as a layer, written in ops. It has no weights. Its output shape is found by
 * tracing it with two batch sizes. A model with lambdas cannot be saved as a whole (a function has
 * no file format), but its weights can.
 */
public final class Lambda extends Layer {

  /** What a lambda computes. */
  @FunctionalInterface
  public interface Function {
    /** The output from the inputs. */
    Value apply(Ops ops, List<Value> inputs);
  }

  private static final long[] PROBES = {3, 5};

  private final Function function;

  private Lambda(Function function) {
    this.function = Objects.requireNonNull(function);
  }

  /** A layer that applies a function. */
  public static Lambda of(String name, Function function) {
    Lambda lambda = new Lambda(function);
    lambda.named(name);
    return lambda;
  }

  /** A layer that applies a function and gets a name of its own. */
  public static Lambda of(Function function) {
    return new Lambda(function);
  }

  @Override
  protected List<TensorSpec> outputs(List<TensorSpec> inputs) {
    TensorSpec first = trace(inputs, PROBES[0]);
    TensorSpec second = trace(inputs, PROBES[1]);
    if (first.shape().equals(second.shape())) {
      return List.of(first);
    }
    Shape open = first.shape().with(0, Shape.BATCH);
    if (!open.withBatch(PROBES[1]).equals(second.shape())) {
      throw reject(
          "must keep the batch as the first axis",
          first.shape() + " for batches of 3 and " + second.shape() + " for batches of 5",
          "reshape its output");
    }
    return List.of(first.withShape(open));
  }

  private TensorSpec trace(List<TensorSpec> inputs, long batch) {
    Ops scratch = new Ops();
    List<Value> feeds = new ArrayList<>();
    for (TensorSpec input : inputs) {
      feeds.add(
          scratch.feed("x" + feeds.size(), input.withShape(input.shape().withBatch(batch))));
    }
    return function.apply(scratch, feeds).spec();
  }

  @Override
  protected List<Value> forward(Forward forward, List<Value> inputs) {
    return List.of(function.apply(forward.ops(), inputs));
  }
}
