package dev.tandem.core.engine.kernel;

import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The readers of each value of a graph. */
public final class UseCounts {

  /** Who reads a value; being an output or assigned is reading without a call. */
  private static final class Use {
    final Set<OpCall> readers = new HashSet<>();
    int count;
    boolean leaves;
  }

  private final Map<Value, Use> uses = new HashMap<>();
  private final boolean fusing;

  /**
   * The uses in a graph; being an output of the graph or assigned to a variable counts as one.
   *
   * @param fusing whether a kernel may compute what it {@linkplain #only alone} reads
   */
  public UseCounts(OpGraph graph, boolean fusing) {
    this.fusing = fusing;
    graph.calls().forEach(call -> call.inputs().forEach(input -> add(input, call)));
    graph.outputs().values().forEach(value -> add(value, null));
    graph.assignments().forEach(assignment -> add(assignment.value(), null));
  }

  private void add(Value value, @Nullable OpCall by) {
    Use use = uses.computeIfAbsent(value, v -> new Use());
    use.count++;
    if (by == null) {
      use.leaves = true;
    } else {
      use.readers.add(by);
    }
  }

  /** Whether anything reads a value. */
  public boolean any(Value value) {
    return uses.containsKey(value);
  }

  /** Whether a call reads a value once, nothing else does, and it may compute the value itself. */
  public boolean only(Value value, OpCall by) {
    Use use = uses.get(value);
    return fusing && use != null && use.count == 1 && use.readers.contains(by);
  }

  /** Whether some calls alone read a value, any number of times, and may compute it themselves. */
  public boolean within(Value value, Set<OpCall> calls) {
    Use use = uses.get(value);
    return fusing && use != null && !use.leaves && calls.containsAll(use.readers);
  }
}
