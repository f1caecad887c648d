package dev.tandem.keras;

import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A layer of a file. It becomes one layer of Tandem as a rule; some become a chain of them, or one
 * thing or another by the rank of what they are called on.
 */
final class LayerPlan extends Part {

  /** How it is called. */
  interface Body {
    SymbolicTensor call(LayerPlan plan, List<SymbolicTensor> inputs);
  }

  /** How it is called if it may have several outputs, or is called in several forms. */
  interface FullBody {
    List<SymbolicTensor> call(LayerPlan plan, List<SymbolicTensor> inputs, CallForm form);
  }

  private final FullBody body;
  private final boolean integers;
  private final Map<String, Layer> made = new LinkedHashMap<>();
  private @Nullable String twin;
  private @Nullable Shape output;

  private LayerPlan(
      String name,
      String kerasClass,
      boolean trainable,
      List<String> notes,
      boolean integers,
      FullBody body) {
    super(name, kerasClass, trainable, notes);
    this.integers = integers;
    this.body = body;
  }

  /**
   * What a reader says of a layer.
   *
   * @param body how it is called
   * @param integers whether it takes integers
   * @param single the layer that it is when wrapped in another one, if it can be
   */
  record Reading(FullBody body, boolean integers, Optional<Layer> single) {

    /** One layer. */
    static Reading of(Layer layer) {
      return ofAll((plan, inputs, form) -> plan.layer(() -> layer).applyAll(inputs))
          .wrappable(layer);
    }

    /** One layer or more, made when it is called. */
    static Reading of(Body body) {
      return ofAll((plan, inputs, form) -> List.of(body.call(plan, inputs)));
    }

    /** One layer or more, made when it is called, of several outputs. */
    static Reading ofAll(FullBody body) {
      return new Reading(body, false, Optional.empty());
    }

    /** The same, called on integers. */
    Reading onIntegers() {
      return new Reading(body, true, single);
    }

    /** The same, which is this layer where it is wrapped in another one. */
    Reading wrappable(Layer layer) {
      return new Reading(body, integers, Optional.of(layer));
    }

    LayerPlan plan(String name, String kerasClass, boolean trainable, List<String> notes) {
      return new LayerPlan(name, kerasClass, trainable, notes, integers, body);
    }
  }

  static SymbolicTensor[] array(List<SymbolicTensor> inputs) {
    return inputs.toArray(SymbolicTensor[]::new);
  }

  /** Says that there is a layer of the same name and settings in another model. */
  void seemsToBe(String another) {
    twin = another;
  }

  /** A remark if it has weights and may have been shared, which not all files say. */
  Optional<String> doubt() {
    boolean weights = made.values().stream().anyMatch(layer -> !layer.weights().isEmpty());
    return twin == null || !weights
        ? Optional.empty()
        : Optional.of(
            "has the name and settings of \""
                + twin
                + ": if that is one layer in Keras, the file does not say so, and it is two here");
  }

  /** The layer of its name, made at the first call. */
  Layer layer(Supplier<Layer> maker) {
    return layer("", maker);
  }

  /** A layer that it is made of, whose name is its own with a suffix. */
  Layer layer(String suffix, Supplier<Layer> maker) {
    return made.computeIfAbsent(suffix, key -> flagged(maker.get().named(name() + suffix)));
  }

  private Layer flagged(Layer layer) {
    if (!isTrainable()) {
      layer.setTrainable(false);
    }
    return layer;
  }

  /** The layers that hold the weights, in the order of their first calls. */
  List<Layer> layers() {
    return List.copyOf(made.values());
  }

  /** The shape of its first output, once it was called. */
  @Nullable Shape output() {
    return output;
  }

  @Override
  boolean takesIntegers(int input) {
    return integers;
  }

  @Override
  List<SymbolicTensor> call(List<SymbolicTensor> inputs, CallForm form) {
    if (form.masked() && !inputs.get(0).isMasked()) {
      throw new IllegalArgumentException(
          "is called with a mask in Keras, and none goes along with " + inputs.get(0) + " here");
    }
    List<SymbolicTensor> results = body.call(this, Masks.asInKeras(this, inputs), form);
    if (output == null) {
      output = results.get(0).shape();
    }
    return results;
  }
}
