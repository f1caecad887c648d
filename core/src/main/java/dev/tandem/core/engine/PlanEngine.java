package dev.tandem.core.engine;

import com.google.common.base.Suppliers;
import dev.tandem.core.engine.kernel.OmpThreads;
import dev.tandem.core.engine.onednn.DnnlKernels;
import dev.tandem.core.engine.pass.BFloat16Operands;
import dev.tandem.core.op.Engine;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Precision;
import dev.tandem.core.tensor.Workspaces;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The fast engine: makes a {@link Plan} of each graph.
 *
 * <p>Kernels come from libraries; the first that offers to run a call gets it. ND4J's library can
 * run everything and stands last; faster ones for a kind of hardware stand before it.
 */
public final class PlanEngine implements Engine {

  /** The name for command lines. */
  public static final String NAME = "cpu";

  private static final String TEXT = "PLAN";

  private final Supplier<EngineOptions> options;
  private final String text;
  private final boolean widening;

  /**
   * An engine with {@linkplain EngineOptions#defaults all that works here}; native libraries load
   * when it first prepares a graph.
   *
   * @throws IllegalArgumentException if a system property names what there is not
   */
  public PlanEngine() {
    this.options = EngineOptions.reading();
    this.text = TEXT;
    this.widening = false;
  }

  /** An engine with these options. */
  public PlanEngine(EngineOptions options) {
    this(options, false);
  }

  private PlanEngine(EngineOptions options, boolean widening) {
    Objects.requireNonNull(options, "options");
    this.options = Suppliers.ofInstance(options);
    this.text = TEXT + options.missing();
    this.widening = widening;
  }

  /**
   * An engine that has {@link Precision#BF16} on every processor: operands are rounded, and kernels
   * of float32 multiply them. It is slower than float32, and there to see what rounding does.
   */
  static PlanEngine widening(EngineOptions options) {
    return new PlanEngine(options, true);
  }

  /** The options. */
  public EngineOptions options() {
    return options.get();
  }

  @Override
  public Plan prepare(OpGraph graph) {
    return prepare(graph, Precision.FLOAT32);
  }

  /** The plan, made outside of any workspace; of one that cannot be made nothing is left. */
  @Override
  public Plan prepare(OpGraph graph, Precision precision) {
    precision.require(this);
    return planned(precision == Precision.BF16 ? narrowed(graph) : graph);
  }

  private OpGraph narrowed(OpGraph graph) {
    return Workspaces.outside(
        () -> widening ? BFloat16Operands.widened(graph) : BFloat16Operands.of(graph));
  }

  @Override
  public Optional<String> lacks(Precision precision) {
    return switch (precision) {
      case FLOAT32 -> Optional.empty();
      case TF32 -> Optional.of("it is of NVIDIA's cards, which the engine \"cuda\" runs on");
      case BF16 -> widening ? Optional.empty() : lacksBFloat16();
    };
  }

  private Optional<String> lacksBFloat16() {
    Optional<DnnlKernels> dnnl =
        options().libraries().stream()
            .filter(DnnlKernels.class::isInstance)
            .map(DnnlKernels.class::cast)
            .findFirst();
    if (dnnl.isEmpty()) {
      return Optional.of("its kernels are oneDNN's, which is not in use here");
    }
    return dnnl.get().multipliesBFloat16()
        ? Optional.empty()
        : Optional.of(
            "this processor has neither avx512_bf16 nor amx_bf16 (oneDNN finds "
                + dnnl.get().instructions()
                + ")");
  }

  private Plan planned(OpGraph graph) {
    EngineOptions how = options();
    int before = how.threads().isPresent() ? OmpThreads.limit(how.threads().getAsInt()) : 0;
    NativeScope scope = new NativeScope();
    try {
      Plan plan = Workspaces.outside(() -> bound(graph, how, scope));
      scope.settle();
      return plan;
    } catch (RuntimeException | Error e) {
      scope.close();
      throw e;
    } finally {
      if (before > 0) {
        OmpThreads.restore(before);
      }
    }
  }

  private static Plan bound(OpGraph graph, EngineOptions how, NativeScope scope) {
    TaskPlan plan = TaskPlan.of(graph, how.libraries(), how.passes());
    return new HostBinding(plan, scope).bind(how.threads());
  }

  /** As in {@code PLAN} and {@code PLAN without onednn, fuse}; saved runs have noted it. */
  @Override
  public String toString() {
    return text;
  }
}
