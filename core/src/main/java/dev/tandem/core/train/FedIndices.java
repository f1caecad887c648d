package dev.tandem.core.train;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.op.BroadcastTo;
import dev.tandem.core.op.Cast;
import dev.tandem.core.op.Concat;
import dev.tandem.core.op.Feed;
import dev.tandem.core.op.Op;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.PermuteOp;
import dev.tandem.core.op.ReshapeOp;
import dev.tandem.core.op.Slice;
import dev.tandem.core.op.StopGradient;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.array.TableOp;
import dev.tandem.core.tensor.IndexScan;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The feeds of a graph that are indices of tables, as they are or in another arrangement; found
 * once, when a program is prepared. Indices that are computed from feeds are the kernels' affair.
 */
final class FedIndices {

  /**
   * One way from a feed to a table.
   *
   * @param feed its label
   * @param arrangement what is done to it on the way: nothing if all of it goes, in whatever order
   * @param table the call that looks rows up
   * @param rows of the table
   */
  record Way(String feed, ImmutableList<Op> arrangement, OpCall table, long rows) {}

  private final ImmutableList<Way> ways;

  private FedIndices(ImmutableList<Way> ways) {
    this.ways = ways;
  }

  /** The ways in a graph; of those that are equal but for the table, that to the smallest one. */
  static FedIndices of(OpGraph graph) {
    Map<Object, Way> ways = new LinkedHashMap<>();
    for (OpCall call : graph.calls()) {
      if (call.op() instanceof TableOp table) {
        Value indices = call.inputs().get(table.indices());
        walk(indices, ImmutableList.of(), call, table.rows(call), ways);
      }
    }
    return new FedIndices(ImmutableList.copyOf(ways.values()));
  }

  private static void walk(
      Value last, ImmutableList<Op> behind, OpCall table, long rows, Map<Object, Way> ways) {
    Deque<Op> passed = new ArrayDeque<>(behind);
    Value value = last;
    while (arranges(value)) {
      passed.addFirst(value.call().op());
      value = value.call().inputs().get(0);
    }
    boolean cut = passed.stream().anyMatch(Slice.class::isInstance);
    if (value.call().op() instanceof Feed feed) {
      ImmutableList<Op> arrangement = cut ? ImmutableList.copyOf(passed) : ImmutableList.of();
      Way way = new Way(feed.label(), arrangement, table, rows);
      ways.merge(List.of(feed.label(), arrangement), way, (a, b) -> a.rows() <= b.rows() ? a : b);
    } else if (value.call().op() instanceof Concat && !cut) {
      value.call().inputs().forEach(part -> walk(part, ImmutableList.of(), table, rows, ways));
    }
  }

  /** Whether a value has the numbers of its input, all or some. */
  private static boolean arranges(Value value) {
    Op op = value.call().op();
    return op instanceof ReshapeOp
        || op instanceof PermuteOp
        || op instanceof BroadcastTo
        || op instanceof Slice
        || op instanceof StopGradient
        || op instanceof Cast cast && cast.dtype() != DataType.BOOL;
  }

  /** Whether no way depends on how many samples there are. */
  boolean areWhole() {
    return ways.stream().allMatch(way -> way.arrangement().isEmpty());
  }

  /**
   * Looks at arrays before they are fed.
   *
   * @throws IllegalArgumentException if one holds a number that is no index of a table
   */
  void check(ValidatedExamples checked) {
    for (int i = 0; i < ways.size(); i++) {
      Way way = ways.get(i);
      StepInput port = checked.ports().fed(way.feed());
      INDArray array = checked.get(port);
      if (port != null && array != null) {
        check(checked, port, array, way);
      }
    }
  }

  private static void check(ValidatedExamples checked, StepInput port, INDArray array, Way way) {
    INDArray arranged = Arranged.of(array, way.arrangement());
    long outside = new IndexScan(arranged, way.rows()).firstOutside();
    if (outside >= 0) {
      long at = Arranged.source(array, way.arrangement(), outside);
      throw ExampleErrors.index(checked, port, array, at, way);
    }
  }
}
