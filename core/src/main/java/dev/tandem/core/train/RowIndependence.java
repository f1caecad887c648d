package dev.tandem.core.train;

import com.google.common.collect.ImmutableMap;
import dev.tandem.core.op.Expansion;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.TensorSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether a net treats every sample by itself, so that a batch may be cut or filled up
 * and each sample's result stays. It holds the graph of one batch size against that of another, op
 * by op: each must be the same op but for the batch in its shapes, and must keep samples apart by a
 * {@linkplain RowRules rule}. What has no rule, or depends on the number of samples in any other
 * way, counts as mixing them.
 */
final class RowIndependence {

  /**
   * Where the samples of a value lie: each as a fixed number of places along one axis, one sample
   * after another.
   *
   * @param axis the axis; -1 for a value that does not depend on the batch
   * @param each the places of a sample
   */
  record Samples(int axis, long each) {

    /** No samples: the same values at all batch sizes. */
    static final Samples NONE = new Samples(-1, 0);

    /** Whether there are samples. */
    boolean any() {
      return axis >= 0;
    }
  }

  private final long few;
  private final long many;
  private final Map<Value, Samples> known = new HashMap<>();

  private RowIndependence(long few, long many) {
    this.few = few;
    this.many = many;
  }

  /**
   * How many rows of its first axis each output has for a sample; 0 for one that is the same
   * whatever is fed.
   *
   * @param one a graph for some number of samples
   * @param other the same for another number
   * @return nothing if samples may depend on each other, or on how many there are
   */
  static Optional<ImmutableMap<String, Long>> of(
      OpGraph one, long samples, OpGraph other, long otherSamples) {
    return new RowIndependence(samples, otherSamples).compare(parts(one), parts(other));
  }

  private static OpGraph parts(OpGraph graph) {
    return Expansion.of(graph, call -> false);
  }

  private Optional<ImmutableMap<String, Long>> compare(OpGraph one, OpGraph other) {
    if (one.calls().size() != other.calls().size()
        || !one.assignments().isEmpty()
        || !other.assignments().isEmpty()) {
      return Optional.empty();
    }
    Map<Value, Value> twins = new HashMap<>();
    for (int i = 0; i < one.calls().size(); i++) {
      if (!keepsApart(one.calls().get(i), other.calls().get(i), twins)) {
        return Optional.empty();
      }
    }
    ImmutableMap.Builder<String, Long> outputs = ImmutableMap.builder();
    for (Map.Entry<String, Value> output : one.outputs().entrySet()) {
      if (other.outputs().get(output.getKey()) != twins.get(output.getValue())) {
        return Optional.empty();
      }
      Samples samples = Objects.requireNonNull(known.get(output.getValue()));
      if (samples.axis() > 0) {
        return Optional.empty();
      }
      outputs.put(output.getKey(), samples.each());
    }
    return Optional.of(outputs.buildOrThrow());
  }

  private boolean keepsApart(OpCall call, OpCall twin, Map<Value, Value> twins) {
    if (!call.op().kind().equals(twin.op().kind())
        || !call.inputs().stream().map(twins::get).toList().equals(twin.inputs())
        || call.outputs().size() != 1) {
      return false;
    }
    Value made = call.outputs().get(0);
    Value madeByTwin = twin.outputs().get(0);
    Samples output = samples(made.spec(), madeByTwin.spec());
    List<Samples> inputs = call.inputs().stream().map(known::get).toList();
    if (output == null || !RowRules.keepApart(call, twin, inputs, output)) {
      return false;
    }
    known.put(made, output);
    twins.put(made, madeByTwin);
    return true;
  }

  /** By the shapes at both sizes: null if they differ by more than the size along one axis. */
  private @Nullable Samples samples(TensorSpec spec, TensorSpec twin) {
    if (spec.equals(twin)) {
      return Samples.NONE;
    } else if (spec.dtype() != twin.dtype() || spec.shape().rank() != twin.shape().rank()) {
      return null;
    }
    int axis = 0;
    while (spec.shape().size(axis) == twin.shape().size(axis)) {
      axis++;
    }
    long size = spec.shape().size(axis);
    boolean alone = spec.shape().with(axis, 1).equals(twin.shape().with(axis, 1));
    return alone && size % few == 0 && twin.shape().size(axis) == size / few * many
        ? new Samples(axis, size / few)
        : null;
  }
}
