package dev.tandem.core.layer;

import dev.tandem.core.initializer.Initializer;
import dev.tandem.core.initializer.Initializers;
import dev.tandem.core.op.Value;
import dev.tandem.core.regularizer.Regularizer;
import dev.tandem.core.tensor.Shape;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A layer of a kernel, a bias and an activation. Weights: kernel, bias.
 *
 * @param <S> the layer's own class
 */
abstract class KernelLayer<S extends KernelLayer<S>> extends BiasedLayer<S> {

  private static final ParameterSettings KERNEL =
      ParameterSettings.of("kernel", Initializers.glorotUniform());

  private @Nullable Weight kernel;

  KernelLayer(LayerSettings settings) {
    super(settings);
  }

  /**
   * The kernel's first values; {@linkplain Initializers#glorotUniform Glorot uniform} unless set.
   */
  public final S kernelInitializer(Initializer initializer) {
    return set(KERNEL.initializer(), initializer);
  }

  /** A penalty on the kernel; none unless set. */
  public final S kernelRegularizer(Regularizer regularizer) {
    return set(KERNEL.regularizer(), regularizer);
  }

  /** Declares both weights; the bias has as many elements as there are output channels. */
  final void declare(Shape kernelShape, long channels, DataType dtype) {
    kernel = parameter(KERNEL, kernelShape, dtype);
    declareBias(channels, dtype);
  }

  /** The kernel in a call. */
  final Value kernel(LayerCall forward) {
    return forward.weight(Objects.requireNonNull(kernel));
  }
}
