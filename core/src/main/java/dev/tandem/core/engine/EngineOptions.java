package dev.tandem.core.engine;

import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import com.google.common.collect.Sets;
import dev.tandem.core.backend.Backend;
import dev.tandem.core.engine.kernel.KernelLibrary;
import dev.tandem.core.engine.nd4j.ExpressionKernels;
import dev.tandem.core.engine.nd4j.Nd4jKernels;
import dev.tandem.core.engine.onednn.DnnlKernels;
import dev.tandem.core.engine.pass.Pass;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The settings of a {@link PlanEngine}, changed by copying: {@code
 * EngineOptions.defaults().without("onednn").without(Pass.FUSE)}.
 *
 * @param libraries who may run calls, the preferred first; the first that offers to run a call gets
 *     it
 * @param passes what planning does for speed
 * @param threads the most threads that oneDNN's kernels use; if empty as many as the environment
 *     says (OMP_NUM_THREADS), which ND4J's own kernels always follow
 */
public record EngineOptions(
    ImmutableList<KernelLibrary> libraries, ImmutableSet<Pass> passes, OptionalInt threads) {

  /** The system property that names libraries which {@link #defaults} leave out, with commas. */
  public static final String LIBRARIES_WITHOUT = "tandem.kernels.without";

  /** The system property that names passes which {@link #defaults} leave out, with commas. */
  public static final String PASSES_WITHOUT = "tandem.passes.without";

  /** The names of all libraries, also of those that do not load here. */
  private static final ImmutableList<String> NAMES =
      ImmutableList.of(DnnlKernels.NAME, Nd4jKernels.NAME, ExpressionKernels.NAME);

  private static final ImmutableMap<String, Pass> PASSES =
      Maps.uniqueIndex(EnumSet.allOf(Pass.class), pass -> pass.name().toLowerCase(Locale.ROOT));

  /** Checks the number of threads. */
  public EngineOptions {
    if (threads.isPresent() && threads.getAsInt() < 1) {
      throw new IllegalArgumentException(
          "an engine runs on at least 1 thread, not " + threads.getAsInt());
    }
  }

  /**
   * The libraries that work here and all passes, but those that {@link #LIBRARIES_WITHOUT} and
   * {@link #PASSES_WITHOUT} name now.
   *
   * @throws IllegalArgumentException if they name one that there is not
   */
  public static EngineOptions defaults() {
    return reading().get();
  }

  /** The defaults by what the properties name now; libraries load when they are asked for. */
  static Supplier<EngineOptions> reading() {
    Set<String> left = ListedNames.of(LIBRARIES_WITHOUT, "library of kernels", NAMES);
    ImmutableSet<Pass> passes = enabledPasses();
    return Suppliers.memoize(() -> new EngineOptions(available(left), passes, OptionalInt.empty()));
  }

  private static ImmutableList<KernelLibrary> available(Set<String> left) {
    Backend.require();
    return Stream.of(DnnlKernels.available(), List.of(new Nd4jKernels(), new ExpressionKernels()))
        .flatMap(List::stream)
        .filter(library -> !left.contains(library.name()))
        .collect(ImmutableList.toImmutableList());
  }

  private static ImmutableSet<Pass> enabledPasses() {
    Set<String> left = ListedNames.of(PASSES_WITHOUT, "pass", PASSES.keySet());
    return ImmutableSet.copyOf(Maps.filterKeys(PASSES, name -> !left.contains(name)).values());
  }

  /**
   * These libraries, the preferred first, and all passes but those that {@link #PASSES_WITHOUT}
   * names now.
   *
   * @throws IllegalArgumentException if it names one that there is not
   */
  public static EngineOptions of(List<KernelLibrary> libraries) {
    return new EngineOptions(ImmutableList.copyOf(libraries), enabledPasses(), OptionalInt.empty());
  }

  /**
   * These without a library; nothing changes if it does not load here.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public EngineOptions without(String library) {
    if (!NAMES.contains(library) && libraries.stream().noneMatch(l -> l.name().equals(library))) {
      throw new IllegalArgumentException(
          "there is no library of kernels \""
              + library
              + "\"; there are "
              + String.join(", ", NAMES));
    }
    return new EngineOptions(
        libraries.stream()
            .filter(l -> !l.name().equals(library))
            .collect(ImmutableList.toImmutableList()),
        passes,
        threads);
  }

  /** These without a pass. */
  public EngineOptions without(Pass pass) {
    return new EngineOptions(
        libraries, Sets.difference(passes, Set.of(pass)).immutableCopy(), threads);
  }

  /**
   * These with a limit of threads.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public EngineOptions threads(int most) {
    return new EngineOptions(libraries, passes, OptionalInt.of(most));
  }

  /** As in {@code without onednn, fuse on 1 threads}; nothing if all are there. */
  String missing() {
    List<String> left =
        Stream.concat(
                NAMES.stream().filter(n -> libraries.stream().noneMatch(l -> l.name().equals(n))),
                PASSES.keySet().stream().filter(n -> !passes.contains(PASSES.get(n))))
            .toList();
    return (left.isEmpty() ? "" : " without " + String.join(", ", left))
        + (threads.isPresent() ? " on " + threads.getAsInt() + " threads" : "");
  }

  /** As in {@code [onednn, nd4j, samediff] without fuse}. */
  @Override
  public String toString() {
    return libraries.stream().map(KernelLibrary::name).toList() + missing();
  }
}
