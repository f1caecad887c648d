package dev.tandem.core.model;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterators;
import dev.tandem.core.graph.Naming;
import dev.tandem.core.graph.Node;
import dev.tandem.core.graph.Operation;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.Weight;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The one walk over the calls of a model, in their order: those of a nested model in place of its
 * call, and the layers that a layer wraps behind that. The way back is kept in a list and not on
 * the stack of the thread, so models may be nested to any depth.
 */
public final class ModelWalk {

  private ModelWalk() {}

  /** A reader of the places of a walk; by default it goes into each operation once. */
  public interface Visitor {

    /**
     * Meets the walked model, or a call of a nested one.
     *
     * @return whether to go on to the calls in it; {@link #leave(Model, CallSite)} follows then
     */
    default boolean enter(Model model, CallSite site) {
      return site.isFirst();
    }

    /** Has seen all calls of a model that was entered. */
    default void leave(Model model, CallSite site) {}

    /**
     * Meets a call of a layer, or a layer inside another one.
     *
     * @return whether to go on to the layers that it wraps; {@link #leave(Layer, CallSite)} follows
     *     then
     */
    default boolean enter(Layer layer, CallSite site) {
      return site.isFirst();
    }

    /** Has seen all layers inside a layer that was entered. */
    default void leave(Layer layer, CallSite site) {}
  }

  /**
   * A meaning of tensors, given call by call.
   *
   * @param <T> what a tensor means
   */
  public interface Interpreter<T> {

    /** Begins the walked model, or a call of a nested one. */
    default void enter(Model model, CallSite site) {}

    /** The meaning of the outputs of a layer's call from that of its inputs. */
    List<T> call(Node node, Layer layer, CallSite site, List<T> inputs);
  }

  /** Shows a visitor a layer or model and all that it calls or wraps, with the flags of now. */
  public static void visit(Operation operation, Visitor visitor) {
    visit(CallSite.root(operation, Operation::isTrainable), visitor);
  }

  /** The same, with the flags as they were at some moment. */
  public static void visit(Operation operation, Flags flags, Visitor visitor) {
    visit(CallSite.root(operation, flags::isOn), visitor);
  }

  /** Shows a visitor the operation of a place and all that it calls or wraps. */
  public static void visit(CallSite from, Visitor visitor) {
    Set<Operation> entered = new HashSet<>();
    Deque<Visit> open = new ArrayDeque<>();
    enter(from, visitor, entered, open);
    while (!open.isEmpty()) {
      Visit visit = open.peek();
      if (visit.inside.hasNext()) {
        enter(visit.inside.next(), visitor, entered, open);
      } else {
        open.pop().leave.run();
      }
    }
  }

  /** An operation that was entered, what is still to be seen in it, and what is said at the end. */
  private record Visit(Iterator<CallSite> inside, Runnable leave) {}

  private static void enter(
      CallSite site, Visitor visitor, Set<Operation> entered, Deque<Visit> open) {
    if (site.operation() instanceof Model model) {
      if (visitor.enter(model, site)) {
        entered.add(model);
        open.push(new Visit(calls(model, site, entered), () -> visitor.leave(model, site)));
      }
    } else if (site.operation() instanceof Layer layer && visitor.enter(layer, site)) {
      entered.add(layer);
      open.push(new Visit(wrapped(layer, site, entered), () -> visitor.leave(layer, site)));
    }
  }

  private static Iterator<CallSite> calls(Model model, CallSite site, Set<Operation> entered) {
    Naming naming = model.graph().naming();
    return Iterators.transform(
        model.graph().nodes().iterator(),
        node -> site.call(naming, node, !entered.contains(node.operation())));
  }

  private static Iterator<CallSite> wrapped(Layer layer, CallSite site, Set<Operation> entered) {
    List<Layer> inner = layer.inner();
    Naming naming = Naming.of(inner);
    return Iterators.transform(
        inner.iterator(), each -> site.wrapped(naming, each, !entered.contains(each)));
  }

  /**
   * The meaning of a model's outputs.
   *
   * @param flags of the model and all in it
   * @param inputs the meaning of each of the model's inputs
   */
  public static <T> List<T> interpret(
      Model model, Flags flags, List<T> inputs, Interpreter<T> interpreter) {
    Deque<Frame<T>> open = new ArrayDeque<>();
    open.push(new Frame<>(CallSite.root(model, flags::isOn), model, inputs));
    interpreter.enter(model, open.peek().site);
    while (true) {
      Frame<T> frame = open.peek();
      if (!frame.nodes.hasNext()) {
        open.pop();
        if (open.isEmpty()) {
          return frame.outputs();
        }
        open.peek().note(Objects.requireNonNull(frame.site.node()), frame.outputs());
        continue;
      }
      Node node = frame.nodes.next();
      CallSite site = frame.site.call(frame.naming, node, false);
      if (node.operation() instanceof Model inner) {
        open.push(new Frame<>(site, inner, frame.inputs(node)));
        interpreter.enter(inner, site);
      } else if (node.operation() instanceof Layer layer) {
        frame.note(node, interpreter.call(node, layer, site, frame.inputs(node)));
      }
    }
  }

  /** A model on the way. */
  private static final class Frame<T> {

    private final CallSite site;
    private final List<SymbolicTensor> ends;
    private final Naming naming;
    private final Iterator<Node> nodes;
    private final Map<SymbolicTensor, T> meanings = new HashMap<>();

    Frame(CallSite site, Model model, List<T> inputs) {
      this.site = site;
      this.ends = model.graph().outputs();
      this.naming = model.graph().naming();
      this.nodes = model.graph().nodes().iterator();
      for (int i = 0; i < inputs.size(); i++) {
        meanings.put(model.graph().inputs().get(i), inputs.get(i));
      }
    }

    List<T> inputs(Node node) {
      return node.inputs().stream().map(meanings::get).toList();
    }

    void note(Node node, List<T> outputs) {
      for (int i = 0; i < node.outputs().size(); i++) {
        meanings.putIfAbsent(node.outputs().get(i), outputs.get(i));
      }
    }

    List<T> outputs() {
      return ends.stream().map(meanings::get).toList();
    }
  }

  /** The weights of a layer or model by first appearance, each once, whatever the flags. */
  public static ImmutableList<Weight> weights(Operation operation) {
    Set<Weight> weights = new LinkedHashSet<>();
    visit(
        operation,
        new Visitor() {
          @Override
          public boolean enter(Layer layer, CallSite site) {
            weights.addAll(layer.weights());
            return false;
          }
        });
    return ImmutableList.copyOf(weights);
  }
}
