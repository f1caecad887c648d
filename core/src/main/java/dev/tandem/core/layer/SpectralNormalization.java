package dev.tandem.core.layer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A layer whose kernel is divided by its largest singular value, which holds the layer's slope down
 * (Miyato et al., 2018, arXiv:1802.05957): {@code SpectralNormalization.of(Dense.units(1))}. Shapes
 * are the inner layer's. Weights: those of the inner layer, and as state vector_u (1, last size of
 * the kernel).
 *
 * <p>The singular value is that of the kernel as a matrix W (all other axes, last axis), by power
 * iteration from vector_u: {@code v = W u / ‖W u‖, u = Wᵀ v / ‖Wᵀ v‖, σ = vᵀ W u}. A training step
 * leaves the new u for the next one; inference starts from the same u and leaves it. The kernel
 * itself is what gradients move, through the division and the iteration.
 */
public final class SpectralNormalization extends Wrapper<SpectralNormalization> {

  private static final double EPSILON = 1e-12;

  private @Nullable Weight vector;

  SpectralNormalization(Config config) {
    this(described(config), config);
  }

  private SpectralNormalization(Layer inner, Config config) {
    super(inner, config);
  }

  /** A layer around one with a kernel: dense or convolution. */
  public static SpectralNormalization of(Layer inner) {
    return new SpectralNormalization(inner, Config.empty());
  }

  /** Power iterations in each call, at least 1; 1 unless set. */
  public SpectralNormalization iterations(int count) {
    return set("iterations", Check.positive("iterations", count));
  }

  @Override
  protected SpectralNormalization around(Layer inner) {
    return new SpectralNormalization(inner, config());
  }

  @Override
  protected List<TensorSpec> outputs(List<TensorSpec> inputs) {
    return wrapped().outputsFor(inputs);
  }

  @Override
  protected void build(List<TensorSpec> inputs) {
    Weight kernel = kernel();
    Shape row = Shape.of(1, kernel.shape().size(-1));
    vector = state("vector_u", row, kernel.spec().dtype(), Initializers.normal(1));
  }

  private Weight kernel() {
    return wrapped().weights().stream()
        .filter(weight -> weight.name().equals("kernel") && weight.shape().rank() >= 2)
        .findFirst()
        .orElseThrow(
            () ->
                reject(
                    "normalizes the kernel of a layer",
                    wrapped() + " with weights " + wrapped().weights(),
                    "wrap a Dense or a convolution"));
  }

  /** The inner layer has checked it. */
  @Override
  protected void checkAgain(List<TensorSpec> inputs) {}

  @Override
  protected List<Value> forward(Forward forward, List<Value> inputs) {
    Ops ops = forward.ops();
    Value kernel = forward.weight(kernel());
    long columns = kernel.shape().size(-1);
    Value matrix = ops.reshape(kernel, kernel.shape().length() / columns, columns);
    Weight state = Objects.requireNonNull(vector);
    Value u = forward.weight(state);
    Value v = u;
    for (int i = 0; i < config().integer("iterations", 1); i++) {
      v = unit(ops, ops.matmul(u, matrix, false, true));
      u = unit(ops, ops.matmul(v, matrix));
    }
    forward.update(state, u);
    Value sigma = ops.matmul(ops.matmul(v, matrix), u, false, true);
    Value normalized = ops.divide(kernel, ops.reshape(sigma, Shape.scalar()));
    return forward.call(wrapped(), inputs, Map.of(kernel(), normalized));
  }

  private static Value unit(Ops ops, Value x) {
    Value squared = ops.shift(ops.sum(ops.square(x)), EPSILON);
    return ops.divide(x, ops.sqrt(squared));
  }
}
