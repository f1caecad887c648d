package dev.tandem.core.layer;

import dev.tandem.core.initializer.Initializer;
import dev.tandem.core.initializer.Initializers;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.image.ImageOps;
import dev.tandem.core.tensor.Check;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Convolution whose kernel each sample's style scales (StyleGAN2, Karras et al., 2019,
 * arXiv:1912.04958): an affine map of the style gives s for each input channel; the kernel {@code
 * w' = s · w} is divided by its norm, {@code w'' = w' / √(Σ w'² + 1e-8)} over window and input
 * channels (demodulation); a bias comes last. (batch, height, width, channels) and style (batch,
 * size) to (batch, height, width, filters), zeros around the image. Weights: kernel (window,
 * window, channels, filters), bias (filters), style_kernel (size, channels), style_bias (channels),
 * 1 at first.
 *
 * <p>The same numbers without a kernel per sample: channels are scaled by s before one convolution,
 * and its outputs by the inverse norm.
 */
public final class ModulatedConv2D extends StyledLayer<ModulatedConv2D> {

  private static final Setting<Integer> FILTERS =
      Setting.integer("filters").checked(Check::positive);
  private static final Setting<Boolean> DEMODULATE = Setting.flag("demodulate").otherwise(true);
  private static final Setting<Initializer> KERNEL_INITIALIZER =
      Setting.of("kernelInitializer", Initializer.class).otherwise(Initializers.heNormal());

  private static final double EPSILON = 1e-8;

  private @Nullable Weight kernel;
  private @Nullable Weight bias;

  ModulatedConv2D(LayerSettings settings) {
    super(settings);
  }

  /** A layer with this many output channels, at least 1, and a window of 3 unless set. */
  public static ModulatedConv2D filters(int filters) {
    return new ModulatedConv2D(
        LayerSettings.of(FILTERS, filters)
            .with(Window.KERNEL, List.of(3, 3))
            .with(Window.PADDING, Padding.SAME));
  }

  /** A square window. */
  public ModulatedConv2D kernel(int size) {
    return set(Window.KERNEL, List.of(size, size));
  }

  /** Whether scaled kernels are divided by their norm; true unless set. */
  public ModulatedConv2D demodulate(boolean demodulate) {
    return set(DEMODULATE, demodulate);
  }

  /** The kernel's first values; {@linkplain Initializers#heNormal He normal} unless set. */
  public ModulatedConv2D kernelInitializer(Initializer initializer) {
    return set(KERNEL_INITIALIZER, initializer);
  }

  @Override
  protected List<TensorSpec> outputs(List<TensorSpec> inputs) {
    requireStyled(inputs, 4, "(batch, height, width, channels)");
    TensorSpec image = inputs.get(0);
    if (image.shape().rank() != 4) {
      throw reject(
          "expects rank 4 input (batch, height, width, channels)", image, "insert a Reshape");
    }
    return List.of(image.withShape(image.shape().with(-1, get(FILTERS))));
  }

  @Override
  protected void build(List<TensorSpec> inputs) {
    TensorSpec image = inputs.get(0);
    long channels = image.shape().size(-1);
    long filters = get(FILTERS);
    Window window = Window.ofKernel(this);
    Shape shape = Shape.of(window.height(), window.width(), channels, filters);
    Initializer first = get(KERNEL_INITIALIZER);
    kernel = parameter("kernel", shape, image.dtype(), first, null);
    bias = parameter("bias", Shape.of(filters), image.dtype(), Initializers.zeros(), null);
    declareStyle(inputs.get(1), channels, Initializers.ones());
  }

  @Override
  protected List<Value> forward(LayerCall forward, List<Value> inputs) {
    Ops ops = forward.ops();
    Value x = inputs.get(0);
    Value weights = forward.weight(Objects.requireNonNull(kernel));
    Value scales = numbers(forward, inputs.get(1));
    Value scaled = ops.multiply(x, PerSample.everywhere(ops, scales, x));
    Value y = ImageOps.conv2d(ops, scaled, weights, Window.ofKernel(this).over(x.shape()));
    if (get(DEMODULATE)) {
      Value squares = ops.sum(ops.square(weights), false, 0, 1);
      Value norms = ops.matmul(ops.square(scales), squares);
      Value inverse = ops.power(ops.shift(norms, EPSILON), -0.5);
      y = ops.multiply(y, PerSample.everywhere(ops, inverse, y));
    }
    return List.of(ops.add(y, forward.weight(Objects.requireNonNull(bias))));
  }
}
