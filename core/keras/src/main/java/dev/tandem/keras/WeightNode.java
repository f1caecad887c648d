package dev.tandem.keras;

import dev.tandem.core.graph.Operation;
import dev.tandem.core.layer.InstanceNormalization;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.PRelu;
import dev.tandem.core.layer.TimeDistributed;
import dev.tandem.core.model.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A layer or model with the weights that a file is to bring.
 *
 * @param identity the same object where it is the same layer or model
 * @param path of the layer or model in the outermost model
 * @param name in the model around it
 * @param classes what Keras 3 may call its group in a file, without number, likeliest first
 * @param trainable its flag
 * @param slots weights, of a layer
 * @param children of a model, in Keras's order
 */
record WeightNode(
    Object identity,
    String path,
    String name,
    List<String> classes,
    boolean trainable,
    List<Slot> slots,
    List<WeightNode> children) {

  private static final Pattern NO_LETTERS = Pattern.compile("\\W+");
  private static final Pattern WORD = Pattern.compile("(.)([A-Z][a-z]+)");
  private static final Pattern CAPITAL = Pattern.compile("([a-z])([A-Z])");

  /** What a plan was built into. */
  static WeightNode of(ModelPlan plan) {
    return of(plan, "", "");
  }

  /**
   * A part of a plan.
   *
   * @param path its own
   * @param inside what the paths of parts in it begin with
   */
  private static WeightNode of(Part part, String path, String inside) {
    List<Slot> slots = List.of();
    List<WeightNode> children = new ArrayList<>();
    if (part instanceof ModelPlan model) {
      for (Part inner : model.parts()) {
        String at = inside + inner.name();
        children.add(of(inner, at, at + "/"));
      }
    } else if (part instanceof LayerPlan layer) {
      slots = Slot.of(layer.layers());
    }
    return new WeightNode(
        part,
        path,
        part.name(),
        List.of(snakeCase(part.kerasClass())),
        part.isTrainable(),
        slots,
        children);
  }

  /** A model of Tandem. */
  static WeightNode of(Model model) {
    return of(model, model.name(), "");
  }

  private static WeightNode of(Model model, String name, String around) {
    List<WeightNode> children = new ArrayList<>();
    for (Operation part : model.layers()) {
      String inner = model.nameOf(part);
      if (part instanceof Model nested) {
        children.add(of(nested, inner, around + inner + "/"));
      } else if (part instanceof Layer layer) {
        children.add(
            new WeightNode(
                layer,
                around + inner,
                inner,
                classes(layer),
                layer.isTrainable(),
                Slot.of(List.of(layer)),
                List.of()));
      }
    }
    return new WeightNode(
        model,
        around,
        name,
        List.of("functional", "sequential", "model"),
        model.isTrainable(),
        List.of(),
        children);
  }

  private static List<String> classes(Layer layer) {
    if (layer instanceof PRelu) {
      return List.of("p_re_lu");
    }
    if (layer instanceof InstanceNormalization) {
      return List.of("group_normalization");
    }
    if (layer instanceof TimeDistributed) {
      return List.of("time_distributed", "dense");
    }
    return List.of(snakeCase(layer.typeName()));
  }

  /** {@code Conv2DTranspose} to {@code conv2d_transpose}, as Keras 3 does. */
  static String snakeCase(String type) {
    String words = NO_LETTERS.matcher(type).replaceAll("");
    words = WORD.matcher(words).replaceAll("$1_$2");
    return CAPITAL.matcher(words).replaceAll("$1_$2").toLowerCase(Locale.ROOT);
  }

  /** Whether it is a model. */
  boolean isModel() {
    return slots.isEmpty() && !children.isEmpty();
  }

  /** All weights in it, layer by layer. */
  List<Slot> allSlots() {
    List<Slot> all = new ArrayList<>(slots);
    children.forEach(child -> all.addAll(child.allSlots()));
    return all;
  }
}
