package dev.tandem.core.engine.pass;

import dev.tandem.core.engine.kernel.KernelChoice;
import dev.tandem.core.engine.kernel.KernelLibrary;
import dev.tandem.core.engine.kernel.UseCounts;
import dev.tandem.core.op.Composite;
import dev.tandem.core.op.Expansion;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The kernel libraries that run the calls of one graph. The libraries are asked about a call once,
 * in their order, when somebody first wants to know; the answer is kept.
 */
final class KernelAssignment {

  private final OpGraph graph;
  private final List<KernelLibrary> libraries;
  private final boolean fusing;
  private final UseCounts uses;
  private final Map<OpCall, Optional<ChosenKernel>> answers = new HashMap<>();

  private KernelAssignment(OpGraph graph, List<KernelLibrary> libraries, boolean fusing) {
    this.graph = graph;
    this.libraries = libraries;
    this.fusing = fusing;
    this.uses = new UseCounts(graph, fusing);
  }

  /**
   * The assignment for a graph in which every composite that no library runs is replaced by its
   * parts.
   *
   * @param fusing whether kernels may compute some of their inputs themselves
   */
  static KernelAssignment expanding(OpGraph source, List<KernelLibrary> libraries, boolean fusing) {
    KernelAssignment assignment = new KernelAssignment(source, libraries, fusing);
    while (true) {
      Set<OpCall> unclaimed = assignment.unclaimedComposites();
      if (unclaimed.isEmpty()) {
        return assignment;
      }
      // one level at a time: what a part is used for shows only when dead parts are gone
      assignment = assignment.on(Expansion.of(assignment.graph, call -> !unclaimed.contains(call)));
    }
  }

  private Set<OpCall> unclaimedComposites() {
    Set<OpCall> unclaimed = new HashSet<>();
    for (OpCall call : graph.calls()) {
      if (call.op() instanceof Composite && find(call).isEmpty()) {
        unclaimed.add(call);
      }
    }
    return unclaimed;
  }

  /** The graph whose calls are assigned. */
  OpGraph graph() {
    return graph;
  }

  /** The assignment for another graph; with all that is known already if it is the same one. */
  @SuppressWarnings("ReferenceEquality") // a rewriting that finds nothing returns the graph itself
  KernelAssignment on(OpGraph other) {
    return other == graph ? this : new KernelAssignment(other, libraries, fusing);
  }

  /**
   * The first offer for a call.
   *
   * @throws IllegalStateException if no library runs it
   */
  ChosenKernel of(OpCall call) {
    return find(call).orElseThrow(() -> missing(call));
  }

  private Optional<ChosenKernel> find(OpCall call) {
    return answers.computeIfAbsent(call, this::ask);
  }

  private Optional<ChosenKernel> ask(OpCall call) {
    for (KernelLibrary library : libraries) {
      KernelChoice choice = library.choose(call, uses);
      if (choice != null) {
        return Optional.of(new ChosenKernel(library.name(), choice));
      }
    }
    return Optional.empty();
  }

  /** Composites were taken apart unless a library ran them, so one can only be lost by a pass. */
  private IllegalStateException missing(OpCall call) {
    return new IllegalStateException(
        "no kernel for "
            + call.op()
            + " of "
            + specs(call.inputs())
            + " to "
            + specs(call.outputs())
            + (call.origin().isEmpty() ? "" : " in " + call.origin())
            + "; asked: "
            + libraries.stream().map(KernelLibrary::name).toList()
            + (call.op() instanceof Composite
                ? "; one of them took it before the graph was simplified, and a pass may not change"
                    + " that: leave passes out to find the one, or let the library take it always"
                : ""));
  }

  private static List<String> specs(List<Value> values) {
    return values.stream().map(value -> value.spec().toString()).toList();
  }
}
