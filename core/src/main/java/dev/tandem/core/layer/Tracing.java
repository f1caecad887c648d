package dev.tandem.core.layer;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Finds the output of a function of tensors by writing it on scratch for two batch sizes, and
 * remembers it: the function is held to it at other sizes.
 */
final class Tracing {

  private static final long[] PROBES = {3, 5};

  private final Map<ImmutableList<TensorSpec>, TensorSpec> found = new LinkedHashMap<>();

  /** What was found for inputs of these concrete shapes, at their batch size; empty if nothing. */
  synchronized Optional<TensorSpec> promised(List<TensorSpec> concrete) {
    for (Map.Entry<ImmutableList<TensorSpec>, TensorSpec> entry : found.entrySet()) {
      OptionalLong batch = batch(entry.getKey(), concrete);
      if (batch.isPresent()) {
        TensorSpec output = entry.getValue();
        return Optional.of(output.withShape(output.shape().withBatch(batch.getAsLong())));
      }
    }
    return Optional.empty();
  }

  /** The batch size at which symbolic inputs are these, if there is one. */
  private static OptionalLong batch(List<TensorSpec> symbolic, List<TensorSpec> concrete) {
    long batch = 0;
    for (int i = 0; i < symbolic.size() && i < concrete.size(); i++) {
      if (!symbolic.get(i).shape().isConcrete() && concrete.get(i).shape().rank() > 0) {
        batch = concrete.get(i).shape().size(0);
      }
    }
    List<TensorSpec> here = new ArrayList<>();
    for (TensorSpec spec : symbolic) {
      here.add(spec.withShape(spec.shape().withBatch(batch)));
    }
    return here.equals(concrete) ? OptionalLong.of(batch) : OptionalLong.empty();
  }

  synchronized TensorSpec output(Layer layer, List<TensorSpec> inputs, Lambda.Function function) {
    TensorSpec output = find(layer, inputs, function);
    found.put(ImmutableList.copyOf(inputs), output);
    return output;
  }

  private static TensorSpec find(Layer layer, List<TensorSpec> inputs, Lambda.Function function) {
    TensorSpec first = trace(inputs, PROBES[0], function);
    TensorSpec second = trace(inputs, PROBES[1], function);
    if (first.shape().equals(second.shape())) {
      return first;
    }
    if (first.shape().rank() > 0) {
      Shape open = first.shape().with(0, Shape.BATCH);
      if (open.withBatch(PROBES[1]).equals(second.shape())) {
        return first.withShape(open);
      }
    }
    throw layer.reject(
        "must keep the batch as the first axis",
        first.shape() + " for batches of 3 and " + second.shape() + " for batches of 5",
        "reshape its output");
  }

  private static TensorSpec trace(List<TensorSpec> inputs, long batch, Lambda.Function function) {
    Ops scratch = new Ops();
    List<Value> feeds = new ArrayList<>();
    for (TensorSpec input : inputs) {
      feeds.add(scratch.feed("x" + feeds.size(), input.withShape(input.shape().withBatch(batch))));
    }
    return function.apply(scratch, feeds).spec();
  }
}
