package dev.tandem.core.layer;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.initializer.Initializer;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.samediff.SameDiffCode;
import dev.tandem.core.op.samediff.SameDiffOp;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A layer written as SameDiff code, {@code (sd, inputs) -> output}, with weights if some are
 * declared: they come behind the inputs, in their order. Its output shape is found by running the
 * code on zeros for two batch sizes.
 *
 * <p>Its gradient is that of SameDiff's own ops; see {@link SameDiffOp} for what that means. It has
 * no second derivative: write the layer in ops for gradient penalties. A model with such a layer
 * cannot be saved as a whole (code has no file format), but its weights can.
 */
public final class SameDiffLayer extends Layer {

  private record Declared(String name, Shape shape, Initializer initializer) {}

  private final String label;
  private final SameDiffOp op;
  private final Tracing tracing = new Tracing();
  private ImmutableList<Declared> declared = ImmutableList.of();

  private SameDiffLayer(String label, SameDiffOp op) {
    super(label);
    this.label = label;
    this.op = op;
  }

  /** A layer of a piece of code, whose output keeps the batch as its first axis. */
  public static SameDiffLayer of(String name, SameDiffCode code) {
    return new SameDiffLayer(name, new SameDiffOp(name, code));
  }

  /**
   * A layer like this one with one more weight, of the type of the first input; this one stays as
   * it is.
   *
   * @throws IllegalStateException after the first call
   */
  public SameDiffLayer weight(String name, Shape shape, Initializer initializer) {
    if (isBuilt()) {
      throw new IllegalStateException(
          describe() + " was called already; declare \"" + name + "\" before its first call");
    }
    return with(new Declared(name, shape, initializer));
  }

  private SameDiffLayer with(Declared weight) {
    SameDiffLayer other = (SameDiffLayer) clone();
    other.declared = ImmutableList.<Declared>builder().addAll(declared).add(weight).build();
    return other;
  }

  @Override
  protected Layer unbuilt(UnaryOperator<Layer> copies) {
    SameDiffLayer copy = new SameDiffLayer(label, op);
    copy.declared = declared;
    return copy;
  }

  @Override
  protected void build(List<TensorSpec> inputs) {
    for (Declared weight : declared) {
      parameter(weight.name(), weight.shape(), inputs.get(0).dtype(), weight.initializer(), null);
    }
  }

  @Override
  protected List<TensorSpec> outputs(List<TensorSpec> inputs) {
    List<TensorSpec> weights =
        declared.stream()
            .map(weight -> new TensorSpec(weight.shape(), inputs.get(0).dtype()))
            .toList();
    return List.of(
        tracing.output(
            this,
            inputs,
            (ops, feeds) -> {
              List<Value> all = new ArrayList<>(feeds);
              weights.forEach(weight -> all.add(ops.fill(0, weight)));
              return write(ops, all);
            }));
  }

  @Override
  List<TensorSpec> promised(List<TensorSpec> inputs) {
    return tracing.promised(inputs).map(List::of).orElseGet(() -> outputs(inputs));
  }

  private Value write(Ops ops, List<Value> inputs) {
    return ops.apply(op, inputs).get(0);
  }

  @Override
  protected List<Value> forward(LayerCall forward, List<Value> inputs) {
    List<Value> all = new ArrayList<>(inputs);
    weights().forEach(weight -> all.add(forward.weight(weight)));
    return List.of(write(forward.ops(), all));
  }
}
