package dev.tandem.core.op;

import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A rewriting of op graphs: the graph is recorded anew, call by call, with something else in place
 * of some calls. Origins, outputs and assignments stay.
 */
public abstract class GraphRewriter {

  private final Ops ops = new Ops();
  private boolean changed;

  /** A rewriting, of one graph. */
  protected GraphRewriter() {}

  /** The builder of the new graph. */
  protected final Ops ops() {
    return ops;
  }

  /**
   * The values in the new graph that stand for a call of the old one.
   *
   * @param inputs of the call, in the new graph
   * @return as many as the call has outputs; null if the call stays as it is
   */
  protected abstract @Nullable List<Value> replace(OpCall call, List<Value> inputs);

  /**
   * The graph recorded anew; what nobody needs any more is left out.
   *
   * @return the very graph that is given if every call stays as it is
   */
  public final OpGraph rewrite(OpGraph graph) {
    Map<Value, Value> known = graph.interpret(this::record);
    if (!changed) {
      return graph;
    }
    ImmutableMap.Builder<String, Value> outputs = ImmutableMap.builder();
    graph
        .outputs()
        .forEach((name, value) -> outputs.put(name, Objects.requireNonNull(known.get(value))));
    graph
        .assignments()
        .forEach(a -> ops.assign(a.target(), Objects.requireNonNull(known.get(a.value()))));
    return ops.build(outputs.buildOrThrow());
  }

  /** Records a call, or what stands for it. */
  final List<Value> record(OpCall call, List<Value> inputs) {
    ops.origin(call.origin());
    List<Value> replaced = replace(call, inputs);
    changed |= replaced != null;
    return replaced == null ? ops.apply(call.op(), inputs) : replaced;
  }
}
