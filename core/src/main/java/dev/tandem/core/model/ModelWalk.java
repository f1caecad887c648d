package dev.tandem.core.model;

import dev.tandem.core.graph.Node;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Layer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the calls of a model in their order, those of nested models in place of the calls of
 * these. The way back is kept in a list and not on the stack of the thread, so models may be nested
 * to any depth.
 */
public final class ModelWalk {

  private ModelWalk() {}

  /** What looks at calls. */
  public interface Visitor {

    /**
     * Meets the walked model, or a call of a nested one.
     *
     * @return whether to go into it; {@link #leave} follows then
     */
    boolean enter(Model model);

    /**
     * The same, if it matters whether the call runs as in inference in steps too; the default
     * leaves that out.
     */
    default boolean enter(Model model, boolean asInInference) {
      return enter(model);
    }

    /** Has seen all calls of a model that was entered. */
    default void leave(Model model) {}

    /**
     * Meets a call of a layer.
     *
     * @param in the model whose call it is
     */
    void call(Layer layer, Model in);
  }

  /**
   * What gives tensors a meaning, call by call.
   *
   * @param <T> what a tensor means
   */
  public interface Interpreter<T> {

    /** Begins the walked model, or a call of a nested one. */
    default void enter(Model model) {}

    /**
     * The same, if it matters whether the call runs as in inference in steps too; the default
     * leaves that out.
     */
    default void enter(Model model, boolean asInInference) {
      enter(model);
    }

    /** Has seen all calls of a model. */
    default void leave(Model model) {}

    /**
     * The meaning of the outputs of a layer's call from that of its inputs.
     *
     * @param in the model whose call it is
     */
    List<T> call(Node node, Layer layer, Model in, List<T> inputs);
  }

  /** Shows a visitor all calls. */
  public static void visit(Model model, Visitor visitor) {
    Deque<Model> entered = new ArrayDeque<>();
    Deque<Iterator<Node>> open = new ArrayDeque<>();
    @Nullable Model next = model;
    boolean asInInference = false;
    while (true) {
      if (next != null && visitor.enter(next, asInInference)) {
        entered.push(next);
        open.push(next.graph().nodes().iterator());
      }
      next = null;
      if (open.isEmpty()) {
        return;
      }
      if (!open.peek().hasNext()) {
        open.pop();
        visitor.leave(entered.pop());
        continue;
      }
      Node node = open.peek().next();
      if (node.callee() instanceof Model inner) {
        next = inner;
        asInInference = node.isInference();
      } else if (node.callee() instanceof Layer layer) {
        visitor.call(layer, entered.peek());
      }
    }
  }

  /**
   * The meaning of a model's outputs.
   *
   * @param inputs the meaning of each of the model's inputs
   */
  public static <T> List<T> interpret(Model model, List<T> inputs, Interpreter<T> interpreter) {
    Deque<Frame<T>> open = new ArrayDeque<>();
    open.push(new Frame<>(null, model, inputs));
    interpreter.enter(model, false);
    while (true) {
      Frame<T> frame = open.peek();
      if (!frame.nodes.hasNext()) {
        open.pop();
        interpreter.leave(frame.model);
        if (open.isEmpty()) {
          return frame.outputs();
        }
        open.peek().note(frame.call, frame.outputs());
        continue;
      }
      Node node = frame.nodes.next();
      if (node.callee() instanceof Model inner) {
        open.push(new Frame<>(node, inner, frame.inputs(node)));
        interpreter.enter(inner, node.isInference());
      } else {
        Layer layer = (Layer) node.callee();
        frame.note(node, interpreter.call(node, layer, frame.model, frame.inputs(node)));
      }
    }
  }

  /** A model on the way. */
  private static final class Frame<T> {

    private final @Nullable Node call;
    private final Model model;
    private final Iterator<Node> nodes;
    private final Map<SymbolicTensor, T> meanings = new HashMap<>();

    Frame(@Nullable Node call, Model model, List<T> inputs) {
      this.call = call;
      this.model = model;
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
      return model.graph().outputs().stream().map(meanings::get).toList();
    }
  }
}
