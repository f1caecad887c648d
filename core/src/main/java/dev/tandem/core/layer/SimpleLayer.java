package dev.tandem.core.layer;

import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;

/**
 * A standard layer of one input and one output of the same type.
 *
 * @param <S> the layer's own class
 */
public abstract class SimpleLayer<S extends SimpleLayer<S>> extends StandardLayer<S> {

  /** A layer of these settings. */
  protected SimpleLayer(LayerSettings settings) {
    super(settings);
  }

  /** Declares the weights for an input like this. */
  protected void build(TensorSpec input) {}

  /** The shape of the output. */
  protected abstract Shape output(Shape input);

  /** Writes one call. */
  protected abstract Value forward(LayerCall forward, Value x);

  @Override
  protected final void build(List<TensorSpec> inputs) {
    build(inputs.get(0));
  }

  @Override
  protected final List<TensorSpec> outputs(List<TensorSpec> inputs) {
    if (inputs.size() != 1) {
      throw reject(
          "takes one input", inputs.size() + " of them", "call it on one tensor at a time");
    }
    TensorSpec input = inputs.get(0);
    if (!takesIntegers() && !input.dtype().isFPType()) {
      throw reject("expects float input", input, "insert an Embedding or a cast");
    }
    return List.of(input.withShape(output(input.shape())));
  }

  /** Whether integers will do: for layers that only move elements around. */
  protected boolean takesIntegers() {
    return false;
  }

  @Override
  protected final List<Value> forward(LayerCall forward, List<Value> inputs) {
    return List.of(forward(forward, inputs.get(0)));
  }

  /** Refuses an input without a batch axis and one more. */
  protected final void requireSamples(Shape input) {
    if (input.rank() < 2) {
      throw reject("expects rank 2 input (batch, …) or higher", input, "insert a Reshape");
    }
  }

  /** Refuses an input that is no image. */
  protected final void requireImage(Shape input) {
    requireRank(input, 4, "(batch, height, width, channels)", "insert a Reshape");
  }

  /** Refuses an input that is no sequence; names the layer of images if it is one. */
  final void requireSteps(Shape input) {
    String next =
        input.rank() == 4
            ? "use " + typeName().replace("1D", "2D") + " for images, or insert a Reshape"
            : "insert a Reshape";
    requireRank(input, 3, "(batch, steps, channels)", next);
  }

  /** Refuses an input of another rank. */
  protected final void requireRank(Shape input, int rank, String axes, String nextStep) {
    if (input.rank() != rank) {
      throw reject("expects rank " + rank + " input " + axes, input, nextStep);
    }
  }
}
