package dev.tandem.core.layer;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.tandem.core.initializer.Initializers;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Check;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A layer whose kernels are divided by their largest singular values, which holds the layer's slope
 * down (Miyato et al., 2018, arXiv:1802.05957): {@code SpectralNormalization.of(Dense.units(1))}.
 * Around a layer with a kernel (dense, convolution, LSTM with both of its kernels), around an
 * embedding, whose table is normalized, and around self-attention, whose four projections are each.
 * Shapes are the inner layer's. Weights: those of the inner layer, and as state vector_u (1, last
 * size of the kernel), one for each kernel: those of kernels by another name than kernel end in it,
 * as in vector_u_query.
 *
 * <p>The singular value is that of the kernel as a matrix W (all other axes, last axis), by power
 * iteration from vector_u: {@code v = W u / ‖W u‖, u = Wᵀ v / ‖Wᵀ v‖, σ = vᵀ W u}. A training step
 * leaves the new u for the next one; inference starts from the same u and leaves it. The kernel
 * itself is what gradients move, through the division, with u and v as constants: ∂σ/∂W = v uᵀ, as
 * in the paper's equation 12 and as PyTorch, Keras and Flax have it.
 *
 * <p>A kernel whose singular value is not above 1e-12, such as one of zeros, is taken as it is, and
 * leaves vector_u as it is.
 */
public final class SpectralNormalization extends Wrapper<SpectralNormalization> {

  private static final Setting<Integer> ITERATIONS =
      Setting.integer("iterations").otherwise(1).checked(Check::positive);

  /** Up to where a vector counts as one without a direction. */
  private static final double EPSILON = 1e-12;

  private static final String KERNEL = "kernel";

  /** What layers call the matrices that they multiply by. */
  private static final ImmutableSet<String> KERNELS =
      ImmutableSet.of(
          KERNEL,
          "recurrent_kernel",
          RecurrentLayer.BACKWARD + KERNEL,
          RecurrentLayer.BACKWARD + "recurrent_kernel",
          "embeddings",
          "query",
          "key",
          "value",
          "output");

  /** By kernel, where its power iteration stands. */
  private ImmutableMap<Weight, Weight> vectors = ImmutableMap.of();

  SpectralNormalization(LayerSettings settings) {
    this(described(settings), settings);
  }

  private SpectralNormalization(Layer inner, LayerSettings settings) {
    super(inner, settings);
  }

  /** A layer around one with kernels. */
  public static SpectralNormalization of(Layer inner) {
    return new SpectralNormalization(inner, LayerSettings.none());
  }

  /** Power iterations in each call, at least 1; 1 unless set. */
  public SpectralNormalization iterations(int count) {
    return set(ITERATIONS, count);
  }

  @Override
  protected SpectralNormalization around(Layer inner) {
    return new SpectralNormalization(inner, settings());
  }

  @Override
  protected List<TensorSpec> outputs(List<TensorSpec> inputs) {
    return wrapped().outputsFor(inputs);
  }

  @Override
  protected void build(List<TensorSpec> inputs) {
    ImmutableMap.Builder<Weight, Weight> found = ImmutableMap.builder();
    for (Weight kernel : wrapped().weights()) {
      if (isKernel(kernel)) {
        found.put(kernel, vector(kernel));
      }
    }
    vectors = found.buildOrThrow();
    if (vectors.isEmpty()) {
      throw reject(
          "normalizes the kernels of a layer",
          wrapped() + " with weights " + wrapped().weights(),
          "wrap a Dense, a convolution, an Embedding or a SelfAttention");
    }
  }

  /** Whether a layer multiplies by it. */
  static boolean isKernel(Weight weight) {
    return KERNELS.contains(weight.name()) && weight.shape().rank() >= 2;
  }

  private Weight vector(Weight kernel) {
    String name = kernel.name().equals(KERNEL) ? "vector_u" : "vector_u_" + kernel.name();
    Shape row = Shape.of(1, kernel.shape().size(-1));
    return state(name, row, kernel.spec().dtype(), Initializers.normal(1));
  }

  /** The inner layer has checked it. */
  @Override
  protected void checkAgain(List<TensorSpec> inputs) {}

  @Override
  protected List<Value> forward(LayerCall forward, List<Value> inputs) {
    ImmutableMap.Builder<Weight, Value> normalized = ImmutableMap.builder();
    vectors.forEach((kernel, vector) -> normalized.put(kernel, divided(forward, kernel, vector)));
    return forward.call(wrapped(), inputs, normalized.buildOrThrow());
  }

  /** A kernel over its singular value; moves its vector on. */
  private Value divided(LayerCall forward, Weight weight, Weight state) {
    Ops ops = forward.ops();
    Value kernel = forward.weight(weight);
    long columns = kernel.shape().size(-1);
    Value matrix = ops.reshape(kernel, kernel.shape().length() / columns, columns);
    Value constant = ops.stopGradient(matrix);
    Value u = forward.weight(state);
    Value v = u;
    for (int i = 0; i < get(ITERATIONS); i++) {
      v = unit(ops, ops.matmul(u, constant, false, true));
      u = unitOr(ops, ops.matmul(v, constant), u);
    }
    forward.update(state, u);
    Value sigma = ops.matmul(ops.matmul(v, matrix), ops.stopGradient(u), false, true);
    return ops.divide(kernel, ops.reshape(orOne(ops, sigma), Shape.scalar()));
  }

  private static Value unit(Ops ops, Value x) {
    return ops.divide(x, orOne(ops, norm(ops, x)));
  }

  /** A vector made as long as 1, or another one in place of one without a direction. */
  private static Value unitOr(Ops ops, Value x, Value other) {
    Value norm = norm(ops, x);
    Value directed = isLarge(ops, norm);
    return ops.add(
        ops.multiply(directed, ops.divide(x, orOne(ops, norm))),
        ops.multiply(not(ops, directed), other));
  }

  private static Value norm(Ops ops, Value x) {
    return ops.sqrt(ops.sum(ops.square(x)));
  }

  /** A divisor: x where it is above epsilon, else 1. */
  private static Value orOne(Ops ops, Value x) {
    Value large = isLarge(ops, x);
    return ops.add(ops.multiply(large, x), not(ops, large));
  }

  private static Value isLarge(Ops ops, Value x) {
    return ops.greater(x, ops.scalar(EPSILON, x.dtype()));
  }

  private static Value not(Ops ops, Value mask) {
    return ops.shift(ops.negate(mask), 1);
  }

  @Override
  protected List<@Nullable Value> masks(Ops ops, List<Value> inputs, List<@Nullable Value> masks) {
    return wrapped().masks(ops, inputs, masks);
  }
}
