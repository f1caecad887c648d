package dev.tandem.core.layer;

import dev.tandem.core.initializer.Initializer;
import dev.tandem.core.initializer.Initializers;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.activation.ActivationOps;
import dev.tandem.core.regularizer.Regularizer;
import dev.tandem.core.tensor.Check;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * x where x &gt; 0, else alpha · x, with a slope that is learned (He et al., 2015,
 * arXiv:1502.01852): any shape (batch, …) to the same shape. Weights: alpha, of the shape of a
 * sample, with 1 for shared axes.
 */
public final class PRelu extends SimpleLayer<PRelu> {

  private static final Setting<List<Integer>> SHARED_AXES =
      Setting.integers("sharedAxes")
          .called("shared axis")
          .otherwise(List.of())
          .checked(Check::allPositive);
  private static final ParameterSettings ALPHA =
      ParameterSettings.of("alpha", Initializers.zeros());

  private @Nullable Weight alpha;

  PRelu(LayerSettings settings) {
    super(settings);
  }

  /** A layer with a slope for each element of a sample. */
  public static PRelu of() {
    return new PRelu(LayerSettings.none());
  }

  /**
   * Axes along which all elements have one slope; none unless set.
   *
   * @param axes counted with the batch as 0: {@code sharedAxes(1, 2)} gives an image one slope for
   *     each channel
   */
  public PRelu sharedAxes(int... axes) {
    return set(SHARED_AXES, Arrays.stream(axes).boxed().toList());
  }

  /** The first slopes; zeros unless set. */
  public PRelu alphaInitializer(Initializer initializer) {
    return set(ALPHA.initializer(), initializer);
  }

  /** A penalty on the slopes; none unless set. */
  public PRelu alphaRegularizer(Regularizer regularizer) {
    return set(ALPHA.regularizer(), regularizer);
  }

  @Override
  protected void build(TensorSpec input) {
    alpha = parameter(ALPHA, slopes(input.shape()), input.dtype());
  }

  private Shape slopes(Shape input) {
    Shape slopes = input.sample();
    for (int axis : get(SHARED_AXES)) {
      if (axis >= input.rank()) {
        throw reject("shares axis " + axis, input, "name axes that there are");
      }
      slopes = slopes.with(axis - 1, 1);
    }
    return slopes;
  }

  @Override
  protected Shape output(Shape input) {
    requireSamples(input);
    if (alpha != null && !slopes(input).equals(alpha.shape())) {
      throw reject(
          "has slopes " + alpha.shape() + " for a sample", input, "use another layer for this one");
    }
    return input;
  }

  @Override
  protected Value forward(LayerCall forward, Value x) {
    return ActivationOps.prelu(forward.ops(), x, forward.weight(Objects.requireNonNull(alpha)));
  }

  @Override
  protected boolean carriesMasks() {
    return true;
  }
}
