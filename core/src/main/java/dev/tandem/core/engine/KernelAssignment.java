package dev.tandem.core.engine;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.engine.kernel.KernelChoice;
import dev.tandem.core.engine.kernel.KernelLibrary;
import dev.tandem.core.engine.kernel.UseCounts;
import dev.tandem.core.op.Composite;
import dev.tandem.core.op.Expansion;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks the kernel libraries, in their order, who runs which call. */
final class KernelAssignment {

  /**
   * A library's offer.
   *
   * @param library its name
   * @param choice how it runs the call
   */
  record Claim(String library, KernelChoice choice) {}

  private final ImmutableList<KernelLibrary> libraries;
  private final boolean fusing;

  /**
   * Claims of libraries.
   *
   * @param fusing whether kernels may compute some of their inputs themselves
   */
  KernelAssignment(List<KernelLibrary> libraries, boolean fusing) {
    this.libraries = ImmutableList.copyOf(libraries);
    this.fusing = fusing;
  }

  /** Who reads what in a graph. */
  UseCounts uses(OpGraph graph) {
    return new UseCounts(graph, fusing);
  }

  /** The graph with every composite that no library runs replaced by its parts. */
  OpGraph expand(OpGraph graph) {
    OpGraph expanded = graph;
    while (true) {
      Set<OpCall> unclaimed = unclaimed(expanded);
      if (unclaimed.isEmpty()) {
        return expanded;
      }
      // one level at a time: what a part is used for shows only when dead parts are gone
      expanded = Expansion.of(expanded, call -> !unclaimed.contains(call));
    }
  }

  private Set<OpCall> unclaimed(OpGraph graph) {
    UseCounts uses = uses(graph);
    Set<OpCall> unclaimed = new HashSet<>();
    for (OpCall call : graph.calls()) {
      if (call.op() instanceof Composite && find(call, uses) == null) {
        unclaimed.add(call);
      }
    }
    return unclaimed;
  }

  /**
   * The first offer for a call.
   *
   * @throws IllegalStateException if no library runs it
   */
  Claim claim(OpCall call, UseCounts uses) {
    Claim claim = find(call, uses);
    if (claim == null) {
      throw new IllegalStateException(
          "no kernel for "
              + call.op()
              + " of "
              + specs(call.inputs())
              + " to "
              + specs(call.outputs())
              + (call.origin().isEmpty() ? "" : " in " + call.origin())
              + "; asked: "
              + libraries.stream().map(KernelLibrary::name).toList());
    }
    return claim;
  }

  private @Nullable Claim find(OpCall call, UseCounts uses) {
    for (KernelLibrary library : libraries) {
      KernelChoice choice = library.choose(call, uses);
      if (choice != null) {
        return new Claim(library.name(), choice);
      }
    }
    return null;
  }

  private static List<String> specs(List<Value> values) {
    return values.stream().map(value -> value.spec().toString()).toList();
  }
}
