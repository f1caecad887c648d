package dev.tandem.core.engine.pass;

import dev.tandem.core.engine.kernel.KernelLibrary;
import dev.tandem.core.op.Constant;
import dev.tandem.core.op.Feed;
import dev.tandem.core.op.Fill;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Read;
import dev.tandem.core.op.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The calls of a graph that run, by which kernels, and which of them only once. Calls are visited
 * from last to first, so that one whose result a later kernel computes itself does not run.
 */
public final class KernelSelection {

  private final OpGraph graph;
  private final Set<OpCall> constant;
  private final Set<Value> needed = new HashSet<>();
  private final Map<OpCall, ChosenKernel> chosen = new HashMap<>();

  private KernelSelection(KernelAssignment kernels) {
    this.graph = kernels.graph();
    this.constant = ConstantCalls.of(graph);
    needed.addAll(graph.outputs().values());
    graph.assignments().forEach(assignment -> needed.add(assignment.value()));
    for (OpCall call : graph.calls().reverse()) {
      if (!isNeeded(call)) {
        continue;
      }
      if (Views.isView(call)) {
        needed.addAll(call.inputs());
      } else if (runs(call)) {
        ChosenKernel kernel = kernels.of(call);
        chosen.put(call, kernel);
        needed.addAll(kernel.choice().inputs(call));
      }
    }
  }

  /**
   * The selection for a graph, after all rewriting.
   *
   * @param passes which rewritings take place
   * @throws IllegalStateException if a call has no kernel
   */
  public static KernelSelection of(
      OpGraph source, List<KernelLibrary> libraries, Set<Pass> passes) {
    KernelAssignment kernels =
        KernelAssignment.expanding(source, libraries, passes.contains(Pass.FUSE));
    if (passes.contains(Pass.SIMPLIFY)) {
      kernels = kernels.on(Simplification.of(kernels.graph()));
    }
    if (passes.contains(Pass.OUTPUT_GRADIENTS)) {
      kernels = kernels.on(OutputGradients.of(kernels.graph()));
    }
    return new KernelSelection(kernels);
  }

  /** Whether a call computes something; others are memory that is there before. */
  private static boolean runs(OpCall call) {
    return !(call.op() instanceof Feed
        || call.op() instanceof Read
        || call.op() instanceof Constant
        || call.op() instanceof Fill);
  }

  /** The graph that runs. */
  public OpGraph graph() {
    return graph;
  }

  /** Whether something reads an output of a call. */
  public boolean isNeeded(OpCall call) {
    return call.outputs().stream().anyMatch(needed::contains);
  }

  /** Whether the outputs of a call are the same in every run. */
  public boolean isConstant(OpCall call) {
    return constant.contains(call);
  }

  /** How a needed call runs that is no leaf but a random one, and no view. */
  public ChosenKernel of(OpCall call) {
    return Objects.requireNonNull(chosen.get(call));
  }
}
