package dev.tandem.core.engine;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Sets;
import dev.tandem.core.backend.Backend;
import dev.tandem.core.engine.kernel.KernelLibrary;
import dev.tandem.core.engine.nd4j.ExpressionKernels;
import dev.tandem.core.engine.nd4j.Nd4jKernels;
import dev.tandem.core.engine.onednn.DnnlKernels;
import dev.tandem.core.op.Engine;
import dev.tandem.core.op.OpGraph;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The fast engine: makes a {@link Plan} of each graph.
 *
 * <p>Kernels come from libraries; the first that offers to run a call gets it. ND4J's library can
 * run everything and stands last; faster ones for a kind of hardware stand before it.
 */
public final class PlanEngine implements Engine {

  private final ImmutableList<KernelLibrary> libraries;
  private final Set<Pass> passes;

  /** An engine with all libraries that work here. */
  public PlanEngine() {
    this(defaultLibraries());
  }

  /** An engine with these libraries, the preferred first. */
  public PlanEngine(List<KernelLibrary> libraries) {
    this(libraries, Pass.enabled());
  }

  private PlanEngine(List<KernelLibrary> libraries, Set<Pass> passes) {
    this.libraries = ImmutableList.copyOf(libraries);
    this.passes = passes;
  }

  /** The system property that names libraries to leave out, separated by commas. */
  public static final String WITHOUT = "tandem.kernels.without";

  /** The names of all libraries, also of those that do not load here. */
  private static final ImmutableList<String> NAMES =
      ImmutableList.of(DnnlKernels.NAME, Nd4jKernels.NAME, ExpressionKernels.NAME);

  /**
   * The libraries that work here, the preferred first, but those that {@link #WITHOUT} names.
   *
   * @throws IllegalArgumentException if it names one that there is not
   */
  public static ImmutableList<KernelLibrary> defaultLibraries() {
    Backend.require();
    Set<String> left = ListedNames.of(WITHOUT, "library of kernels", NAMES);
    return Stream.of(DnnlKernels.available(), List.of(new Nd4jKernels(), new ExpressionKernels()))
        .flatMap(List::stream)
        .filter(library -> !left.contains(library.name()))
        .collect(ImmutableList.toImmutableList());
  }

  /**
   * This engine without a library.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public PlanEngine without(String library) {
    if (!NAMES.contains(library) && libraries.stream().noneMatch(l -> l.name().equals(library))) {
      throw new IllegalArgumentException(
          "there is no library of kernels \""
              + library
              + "\"; there are "
              + String.join(", ", NAMES));
    }
    return new PlanEngine(
        libraries.stream().filter(l -> !l.name().equals(library)).toList(), passes);
  }

  /** This engine without a pass. */
  public PlanEngine without(Pass pass) {
    return new PlanEngine(libraries, Sets.difference(passes, Set.of(pass)).immutableCopy());
  }

  /** The libraries in use, the preferred first. */
  public ImmutableList<KernelLibrary> libraries() {
    return libraries;
  }

  @Override
  public Plan prepare(OpGraph graph) {
    return new Preparation(libraries, passes).prepare(graph);
  }

  @Override
  public String toString() {
    return "PLAN" + libraries.stream().map(KernelLibrary::name).toList();
  }
}
