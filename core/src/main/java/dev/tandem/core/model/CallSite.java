package dev.tandem.core.model;

import dev.tandem.core.graph.Naming;
import dev.tandem.core.graph.Node;
import dev.tandem.core.graph.Operation;
import dev.tandem.core.layer.Layer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A place at which a {@link ModelWalk} meets an operation: the walked model itself, a call of a
 * layer or of a nested model, or a layer inside one that wraps it. The same operation is met at as
 * many places as there are ways to it.
 */
public final class CallSite {

  private final @Nullable CallSite around;
  private final @Nullable Node node;
  private final Operation operation;
  private final @Nullable Naming naming;
  private final Predicate<? super Operation> flags;
  private final boolean first;
  private final boolean inference;
  private final boolean frozen;
  private final boolean live;

  private CallSite(
      @Nullable CallSite around,
      @Nullable Node node,
      Operation operation,
      @Nullable Naming naming,
      Predicate<? super Operation> flags,
      boolean first,
      boolean frozenAround) {
    this.around = around;
    this.node = node;
    this.operation = operation;
    this.naming = naming;
    this.flags = flags;
    this.first = first;
    this.inference = around != null && around.inference || node != null && node.isInference();
    boolean on = flags.test(operation);
    this.frozen = frozenAround || !on;
    this.live = (around == null || around.live) && on;
  }

  /** The place at which a walk begins. */
  static CallSite root(Operation operation, Predicate<? super Operation> flags) {
    return new CallSite(null, null, operation, null, flags, true, false);
  }

  /** A call inside this one, which is of a model. */
  CallSite call(Naming naming, Node call, boolean isFirst) {
    return new CallSite(this, call, call.operation(), naming, flags, isFirst, false);
  }

  /** A layer that the layer of this place wraps. */
  CallSite wrapped(Naming naming, Layer inner, boolean isFirst) {
    return new CallSite(this, null, inner, naming, flags, isFirst, frozen);
  }

  /**
   * The place of a layer that the layer of this place wraps, for whoever calls it.
   *
   * @param inner one of {@link Layer#inner}
   */
  public CallSite wrapped(Layer wrapping, Layer inner) {
    return wrapped(Naming.of(wrapping.inner()), inner, false);
  }

  /** The place around this one; null where the walk begins. */
  public @Nullable CallSite around() {
    return around;
  }

  /** Whether the walk begins here. */
  public boolean isRoot() {
    return around == null;
  }

  /** The call; null of the walked model itself and of a wrapped layer. */
  public @Nullable Node node() {
    return node;
  }

  /** The layer or model of this place. */
  public Operation operation() {
    return operation;
  }

  /** The operation's name in the model or layer around it. */
  public String name() {
    return naming == null ? operation.name() : naming.nameOf(operation);
  }

  /** Names from below the walked model on, as in {@code generator/dense}; empty of that itself. */
  public String path() {
    Deque<String> names = new ArrayDeque<>();
    for (CallSite site = this; site.around != null; site = site.around) {
      names.push(site.name());
    }
    return String.join("/", names);
  }

  /** Whether the visitor has not gone into this operation anywhere else before. */
  public boolean isFirst() {
    return first;
  }

  /** Whether nothing is frozen on the way here: no model, no wrapping layer, not itself. */
  public boolean isLive() {
    return live;
  }

  /** Whether the operation's own flag is off, or that of a layer that wraps it. */
  public boolean isFrozen() {
    return frozen;
  }

  /** Whether it runs as in inference in steps too, by this call or one around it. */
  public boolean isInference() {
    return inference;
  }
}
