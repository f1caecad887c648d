package dev.tandem.core.layer;

import dev.tandem.core.initializer.Initializer;
import dev.tandem.core.initializer.Initializers;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A layer of two inputs: what it works on, and a style (batch, size) for each sample, from which an
 * affine map makes the numbers that it works with. Weights: style_kernel (size, numbers),
 * style_bias (numbers).
 *
 * @param <S> the layer's own class
 */
abstract class StyledLayer<S extends StyledLayer<S>> extends StandardLayer<S> {

  private @Nullable Weight styleKernel;
  private @Nullable Weight styleBias;

  StyledLayer(LayerSettings settings) {
    super(settings);
  }

  /** Refuses anything but float input of a rank, at least, and a style of its type. */
  final void requireStyled(List<TensorSpec> inputs, int rank, String axes) {
    if (inputs.size() != 2) {
      throw reject(
          "takes two inputs, " + axes + " and a style", MergeLayer.shapes(inputs), "give it both");
    }
    TensorSpec input = inputs.get(0);
    if (input.shape().rank() < rank || !input.dtype().isFPType()) {
      throw reject("works on float input " + axes, input, "give it that first");
    }
    TensorSpec style = inputs.get(1);
    if (style.shape().rank() != 2 || style.dtype() != input.dtype()) {
      throw reject(
          "takes a style (batch, size) of its first input's type",
          style,
          "give it the output of a Dense as its second input");
    }
  }

  /** Declares the affine map from styles to so many numbers. */
  final void declareStyle(TensorSpec style, long numbers, Initializer bias) {
    Shape kernel = Shape.of(style.shape().size(-1), numbers);
    styleKernel =
        parameter("style_kernel", kernel, style.dtype(), Initializers.glorotUniform(), null);
    styleBias = parameter("style_bias", Shape.of(numbers), style.dtype(), bias, null);
  }

  /** The numbers of each sample: (batch, numbers). */
  final Value numbers(LayerCall forward, Value style) {
    Ops ops = forward.ops();
    Value product = ops.matmul(style, forward.weight(Objects.requireNonNull(styleKernel)));
    return ops.add(product, forward.weight(Objects.requireNonNull(styleBias)));
  }
}
