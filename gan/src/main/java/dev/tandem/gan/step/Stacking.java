package dev.tandem.gan.step;

import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.LayerCall;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Two batches as one of twice the size, and the halves of one. */
final class Stacking extends Layer {

  private enum Use {
    STACK,
    FIRST,
    SECOND
  }

  private final Use use;

  /** Each tensor of one list on top of that of the other. */
  static List<SymbolicTensor> both(List<SymbolicTensor> first, List<SymbolicTensor> second) {
    List<SymbolicTensor> both = new ArrayList<>();
    for (int i = 0; i < first.size(); i++) {
      both.add(new Stacking(Use.STACK).apply(first.get(i), second.get(i)));
    }
    return both;
  }

  /** The upper half of each tensor. */
  static List<SymbolicTensor> first(List<SymbolicTensor> both) {
    return both.stream().map(one -> new Stacking(Use.FIRST).apply(one)).toList();
  }

  /** The lower half of each tensor. */
  static List<SymbolicTensor> second(List<SymbolicTensor> both) {
    return both.stream().map(one -> new Stacking(Use.SECOND).apply(one)).toList();
  }

  private Stacking(Use use) {
    this.use = use;
  }

  @Override
  protected Layer unbuilt(UnaryOperator<Layer> copies) {
    return new Stacking(use);
  }

  @Override
  protected List<TensorSpec> outputs(List<TensorSpec> inputs) {
    TensorSpec input = inputs.get(0);
    if (!input.shape().isConcrete()) {
      return List.of(input);
    }
    long size = input.shape().size(0);
    return List.of(input.withShape(input.shape().with(0, use == Use.STACK ? 2 * size : size / 2)));
  }

  @Override
  protected List<Value> forward(LayerCall forward, List<Value> inputs) {
    if (use == Use.STACK) {
      return List.of(forward.ops().concat(0, inputs));
    }
    long half = inputs.get(0).shape().size(0) / 2;
    long from = use == Use.FIRST ? 0 : half;
    return List.of(forward.ops().slice(inputs.get(0), 0, from, half));
  }
}
