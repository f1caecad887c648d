package dev.tandem.core.engine;

import com.google.common.base.Suppliers;
import dev.tandem.core.engine.kernel.OmpThreads;
import dev.tandem.core.op.Engine;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.tensor.Workspaces;
import java.util.Objects;
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

  /**
   * An engine with {@linkplain EngineOptions#defaults all that works here}; native libraries load
   * when it first prepares a graph.
   *
   * @throws IllegalArgumentException if a system property names what there is not
   */
  public PlanEngine() {
    this.options = EngineOptions.reading();
    this.text = TEXT;
  }

  /** An engine with these options. */
  public PlanEngine(EngineOptions options) {
    Objects.requireNonNull(options, "options");
    this.options = Suppliers.ofInstance(options);
    this.text = TEXT + options.missing();
  }

  /** The options. */
  public EngineOptions options() {
    return options.get();
  }

  /** The plan, made outside of any workspace; of one that cannot be made nothing is left. */
  @Override
  public Plan prepare(OpGraph graph) {
    EngineOptions how = options();
    int before = how.threads().isPresent() ? OmpThreads.limit(how.threads().getAsInt()) : 0;
    NativeScope scope = new NativeScope();
    try {
      Plan plan = Workspaces.outside(() -> prepare(graph, how, scope));
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

  private static Plan prepare(OpGraph graph, EngineOptions how, NativeScope scope) {
    TaskPlan plan = TaskPlan.of(graph, how.libraries(), how.passes());
    return new HostBinding(plan, scope).bind(how.threads());
  }

  /** As in {@code PLAN} and {@code PLAN without onednn, fuse}; saved runs have noted it. */
  @Override
  public String toString() {
    return text;
  }
}
