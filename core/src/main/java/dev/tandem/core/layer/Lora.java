package dev.tandem.core.layer;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.initializer.Initializers;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Check;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A layer whose kernels stay as they are, and learn a change of low rank (LoRA, Hu et al., ICLR
 * 2022, arXiv:2106.09685): {@code Lora.of(trained.layer("dense"), 4).apply(x)}. It computes what
 * the inner layer does with {@code W + alpha / rank · A B} in place of its kernel W, as a matrix
 * (all other axes, last axis). Around a layer with a kernel (dense, convolution, LSTM with both of
 * its kernels), an embedding, or self-attention, whose four projections have factors each. Shapes
 * are the inner layer's. Weights: those of the inner layer, lora_a (rows of W, rank) and lora_b
 * (rank, columns of W); those of kernels by another name than kernel end in it, as in lora_a_query.
 * B begins as zeros, so at first it computes what the inner layer does.
 *
 * <p>The inner layer's flag is switched off here, which freezes its kernel and bias in every model
 * that is compiled from then on; the flag of this layer is one of its own, and is about the
 * factors. The inner layer may be called elsewhere too, as in the model that it was trained in:
 * there it stays what it was until {@link #merge()} adds the change to its kernel, and that model
 * can be saved and served without a trace of this layer.
 */
public final class Lora extends Wrapper<Lora> {

  private static final Logger LOG = LoggerFactory.getLogger(Lora.class);

  private static final Setting<Integer> RANK = Setting.integer("rank").checked(Check::positive);

  private static final Setting<Double> ALPHA =
      Setting.number("alpha").otherwise(0.0).checked(Check::notNegative);

  private static final String KERNEL = "kernel";

  /**
   * The change of a kernel.
   *
   * @param kernel that is changed
   * @param a (rows, rank)
   * @param b (rank, columns)
   */
  private record Change(Weight kernel, Weight a, Weight b) {}

  private ImmutableList<Change> changes = ImmutableList.of();

  Lora(LayerSettings settings) {
    this(described(settings), settings);
  }

  private Lora(Layer inner, LayerSettings settings) {
    super(inner, settings);
  }

  /**
   * A layer around one with kernels, which is frozen from now on.
   *
   * @param rank of the change, at least 1
   */
  public static Lora of(Layer inner, int rank) {
    Lora lora = new Lora(inner, LayerSettings.of(RANK, rank));
    inner.setTrainable(false);
    return lora;
  }

  /** The change is multiplied by alpha / rank; alpha is the rank unless set, above 0. */
  public Lora alpha(double alpha) {
    Check.aboveZero("alpha", alpha);
    return set(ALPHA, alpha);
  }

  @Override
  protected Lora around(Layer inner) {
    return new Lora(inner, settings());
  }

  @Override
  boolean hasOwnFlag() {
    return true;
  }

  @Override
  protected List<TensorSpec> outputs(List<TensorSpec> inputs) {
    return wrapped().outputsFor(inputs);
  }

  @Override
  protected void build(List<TensorSpec> inputs) {
    ImmutableList.Builder<Change> found = ImmutableList.builder();
    for (Weight kernel : wrapped().weights()) {
      if (SpectralNormalization.isKernel(kernel)) {
        found.add(change(kernel));
      }
    }
    changes = found.build();
    if (changes.isEmpty()) {
      throw reject(
          "changes the kernels of a layer",
          wrapped() + " with weights " + wrapped().weights(),
          "wrap a Dense, a convolution, an Embedding or a SelfAttention");
    }
  }

  private Change change(Weight kernel) {
    String end = kernel.name().equals(KERNEL) ? "" : "_" + kernel.name();
    long columns = kernel.shape().size(-1);
    long rows = kernel.shape().length() / columns;
    int rank = get(RANK);
    long most = Math.min(rows, columns);
    if (rank > most) {
      LOG.warn(
          "{} has rank {} for {} of {}, whose changes have rank {} at most: rank {} can do the same"
              + " with fewer numbers",
          describe(),
          rank,
          kernel.name() + " " + kernel.shape(),
          wrapped(),
          most,
          most);
    }
    return new Change(
        kernel,
        parameter(
            "lora_a" + end,
            Shape.of(rows, rank),
            kernel.spec().dtype(),
            Initializers.lecunNormal(),
            null),
        parameter(
            "lora_b" + end,
            Shape.of(rank, columns),
            kernel.spec().dtype(),
            Initializers.zeros(),
            null));
  }

  /** The inner layer has checked it. */
  @Override
  protected void checkAgain(List<TensorSpec> inputs) {}

  @Override
  protected List<Value> forward(LayerCall forward, List<Value> inputs) {
    Ops ops = forward.ops();
    Map<Weight, Value> changed = new HashMap<>();
    for (Change change : changes) {
      Value kernel = forward.weight(change.kernel());
      Value product = ops.matmul(forward.weight(change.a()), forward.weight(change.b()));
      Value scaled = ops.reshape(ops.scale(product, factor()), kernel.shape());
      changed.put(change.kernel(), ops.add(kernel, scaled));
    }
    return forward.call(wrapped(), inputs, changed);
  }

  private double factor() {
    double alpha = get(ALPHA);
    return alpha == 0 ? 1 : alpha / get(RANK);
  }

  /**
   * Adds the change to the inner layer's kernels and begins a new one of zero: everything that
   * calls the inner layer computes the change from now on, and this layer what it did before.
   *
   * @throws IllegalStateException before the first call, when there is no change yet
   */
  public void merge() {
    if (changes.isEmpty()) {
      throw new IllegalStateException(
          this + " was not called yet, so there is no change to merge; call it in a model first");
    }
    for (Change change : changes) {
      INDArray kernel = change.kernel().values();
      INDArray product = change.a().values().mmul(change.b().values()).muli(factor());
      change.kernel().set(kernel.addi(product.reshape('c', kernel.shape())));
      change.b().set(change.b().values().assign(0));
    }
  }

  @Override
  protected List<@Nullable Value> masks(Ops ops, List<Value> inputs, List<@Nullable Value> masks) {
    return wrapped().masks(ops, inputs, masks);
  }
}
