package dev.tandem.gan.step;

import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.initializer.Initializers;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.LayerCall;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Keeps the fakes of the generator's step for the discriminator's next one, in a memory (batch, …).
 * Of (loss, fakes) it gives the loss back.
 */
final class FakeStore extends Layer {

  private final long batch;
  private @Nullable Weight fakes;

  /**
   * A store, of zeros at first.
   *
   * @param batch how many fakes it holds
   */
  FakeStore(long batch) {
    super("reused");
    this.batch = batch;
  }

  /**
   * Sets the fakes of the batches of a step.
   *
   * @param samples (batches · batch, …)
   */
  void set(INDArray samples) {
    for (int part = 0; part * batch < samples.size(0); part++) {
      INDArray ofPart =
          samples.get(NDArrayIndex.interval(part * batch, Math.addExact(part, 1) * batch));
      Objects.requireNonNull(fakes).part(part).set(ofPart);
    }
  }

  /** Fakes in place of new ones: of the samples that stand beside them it takes the number. */
  SymbolicTensor beside(SymbolicTensor real) {
    return new Reader().apply(real);
  }

  @Override
  protected Layer unbuilt(UnaryOperator<Layer> copies) {
    return new FakeStore(batch);
  }

  @Override
  protected void build(List<TensorSpec> inputs) {
    TensorSpec made = inputs.get(1);
    fakes = memory("fakes", made.shape().withBatch(batch), made.dtype(), Initializers.zeros());
  }

  @Override
  protected List<TensorSpec> outputs(List<TensorSpec> inputs) {
    return List.of(inputs.get(0));
  }

  @Override
  protected List<Value> forward(LayerCall forward, List<Value> inputs) {
    requireBatch(inputs.get(1));
    forward.update(Objects.requireNonNull(fakes), forward.ops().stopGradient(inputs.get(1)));
    return List.of(inputs.get(0));
  }

  private void requireBatch(Value samples) {
    long size = samples.shape().size(0);
    if (size != batch) {
      throw new IllegalArgumentException(
          "fakes are reused in batches of "
              + batch
              + ", and this one has "
              + size
              + " samples; feed batches of that size");
    }
  }

  /** Of real samples it gives the fakes that the store holds. */
  private final class Reader extends Layer {

    @Override
    protected Layer unbuilt(UnaryOperator<Layer> copies) {
      return new Reader();
    }

    @Override
    protected List<TensorSpec> outputs(List<TensorSpec> inputs) {
      return List.of(inputs.get(0));
    }

    @Override
    protected List<Value> forward(LayerCall forward, List<Value> inputs) {
      requireBatch(inputs.get(0));
      return List.of(forward.weight(Objects.requireNonNull(fakes)));
    }
  }
}
