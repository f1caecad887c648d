package dev.tandem.core.semantics;

import dev.tandem.core.initializer.Initializers;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.LayerCall;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;

/** Layers as users write them. */
final class OwnLayers {

  private OwnLayers() {}

  /** Gives its input back, and remembers how many samples the last batch had: state "size". */
  static final class BatchSize extends Layer {

    private final long least;
    private Weight size;

    /** A layer that remembers batches of at least so many samples. */
    BatchSize(long least) {
      this.least = least;
    }

    @Override
    protected void build(List<TensorSpec> inputs) {
      size = state("size", Shape.scalar(), inputs.get(0).dtype(), Initializers.zeros());
    }

    @Override
    protected List<TensorSpec> outputs(List<TensorSpec> inputs) {
      return inputs;
    }

    @Override
    protected List<Value> forward(LayerCall forward, List<Value> inputs) {
      Value x = inputs.get(0);
      if (x.shape().size(0) >= least) {
        forward.update(size, forward.ops().scalar(x.shape().size(0), x.dtype()));
      }
      return inputs;
    }

    /** What it remembers. */
    double remembered() {
      return size.values().getDouble(0);
    }
  }

  /** Calls another layer, which it names in {@link #inner} and nowhere else. */
  static class Around extends Layer {

    private final Layer inside;

    Around(Layer inside) {
      this.inside = inside;
    }

    @Override
    public List<Layer> inner() {
      return List.of(inside);
    }

    @Override
    protected List<TensorSpec> outputs(List<TensorSpec> inputs) {
      return inside.outputsFor(inputs);
    }

    @Override
    protected List<Value> forward(LayerCall forward, List<Value> inputs) {
      return forward.call(inside, inputs);
    }
  }

  /** Calls another layer and names it nowhere. */
  static final class Secret extends Layer {

    private final Layer inside;

    Secret(Layer inside) {
      this.inside = inside;
    }

    @Override
    protected List<TensorSpec> outputs(List<TensorSpec> inputs) {
      return inside.outputsFor(inputs);
    }

    @Override
    protected List<Value> forward(LayerCall forward, List<Value> inputs) {
      return forward.call(inside, inputs);
    }
  }

  /** Writes another layer's call itself, and names the layer nowhere. */
  static final class Writer extends Layer {

    private final Layer inside;

    Writer(Layer inside) {
      this.inside = inside;
    }

    @Override
    protected List<TensorSpec> outputs(List<TensorSpec> inputs) {
      return inside.outputsFor(inputs);
    }

    @Override
    protected List<Value> forward(LayerCall forward, List<Value> inputs) {
      return inside.write(forward, inputs, "inside");
    }
  }

  /** Calls another layer, whose weights it lists without naming it in {@link #inner}. */
  static final class Lister extends Layer {

    private final Layer inside;

    Lister(Layer inside) {
      this.inside = inside;
    }

    @Override
    public List<Weight> weights() {
      return inside.weights();
    }

    @Override
    protected List<TensorSpec> outputs(List<TensorSpec> inputs) {
      return inside.outputsFor(inputs);
    }

    @Override
    protected List<Value> forward(LayerCall forward, List<Value> inputs) {
      return forward.call(inside, inputs);
    }
  }
}
