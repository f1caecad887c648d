package dev.tandem.core.op;

import com.google.common.collect.ImmutableMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The replacement of composites by their parts. */
public final class Expansion extends GraphRewriter {

  private final Predicate<OpCall> keep;

  private Expansion(Predicate<OpCall> keep) {
    this.keep = keep;
  }

  /**
   * The same computation with every composite that is not kept replaced by its parts, down to the
   * last.
   */
  public static OpGraph of(OpGraph graph, Predicate<OpCall> keep) {
    return new Expansion(keep).rewrite(graph);
  }

  @Override
  protected @Nullable List<Value> replace(OpCall call, List<Value> inputs) {
    return call.op() instanceof Composite composite && !keep.test(call)
        ? parts(call, composite, inputs)
        : null;
  }

  /** Parts are recorded apart first: some may be left out again, as nobody needs them. */
  private List<Value> parts(OpCall call, Composite composite, List<Value> inputs) {
    Ops scratch = new Ops();
    scratch.origin(call.origin());
    List<Value> feeds = scratch.placeholders(inputs.stream().map(Value::spec).toList());
    List<Value> parts = composite.decompose(scratch, feeds);
    ImmutableMap.Builder<String, Value> named = ImmutableMap.builder();
    for (int i = 0; i < parts.size(); i++) {
      named.put("part" + i, parts.get(i));
    }
    Map<Value, Value> known = new HashMap<>();
    for (int i = 0; i < feeds.size(); i++) {
      known.put(feeds.get(i), inputs.get(i));
    }
    List<OpCall> body =
        OpGraph.of(named.buildOrThrow(), List.of()).calls().stream()
            .filter(part -> !feeds.containsAll(part.outputs()))
            .toList();
    OpGraph.interpret(body, known, this::record);
    return parts.stream().map(known::get).toList();
  }
}
