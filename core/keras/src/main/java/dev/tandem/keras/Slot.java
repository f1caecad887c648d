package dev.tandem.keras;

import dev.tandem.core.layer.Bidirectional;
import dev.tandem.core.layer.GRU;
import dev.tandem.core.layer.LSTM;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.MultiHeadAttention;
import dev.tandem.core.layer.SimpleRNN;
import dev.tandem.core.layer.SpectralNormalization;
import dev.tandem.core.layer.Weight;
import java.util.ArrayList;
import java.util.List;

/**
 * A weight of a layer, and where Keras 3 puts its array below the group of that layer.
 *
 * @param weight of Tandem's layer; shapes and the order of axes and gates are the same in Keras
 * @param below the object in the layer that owns it there, as in {@code cell}; empty for the layer
 * @param number among that object's variables
 */
record Slot(Weight weight, String below, int number) {

  /** The weights of layers that are one layer in Keras, in its order. */
  static List<Slot> of(List<? extends Layer> layers) {
    List<Slot> slots = new ArrayList<>();
    for (Layer layer : layers) {
      add(layer, "", slots);
    }
    return slots;
  }

  private static void add(Layer layer, String below, List<Slot> slots) {
    // Keras stores the kernel beside its vector too, as the first variable of the wrapper.
    int first = layer instanceof SpectralNormalization ? 1 : 0;
    List<Weight> own = new ArrayList<>(layer.weights());
    for (int i = 0; i < layer.inner().size(); i++) {
      Layer inner = layer.inner().get(i);
      add(inner, join(below, inner(layer, i)), slots);
      own.removeAll(inner.weights());
    }
    for (Weight weight : own) {
      String owner = join(below, owner(layer, weight));
      long before = slots.stream().filter(slot -> slot.below().equals(owner)).count();
      slots.add(new Slot(weight, owner, first + (int) before));
    }
  }

  /** What Keras calls a layer in a layer. */
  private static String inner(Layer layer, int index) {
    if (layer instanceof Bidirectional) {
      return index == 0 ? "forward_layer" : "backward_layer";
    }
    return "layer";
  }

  /** The object in a layer of Keras that has a weight; empty if it is the layer. */
  private static String owner(Layer layer, Weight weight) {
    if (layer instanceof LSTM || layer instanceof GRU || layer instanceof SimpleRNN) {
      return "cell";
    }
    return layer instanceof MultiHeadAttention
        ? weight.name().substring(0, weight.name().indexOf('_')) + "_dense"
        : "";
  }

  private static String join(String path, String name) {
    return path.isEmpty() || name.isEmpty() ? path + name : path + "/" + name;
  }

  /**
   * The place where Keras has one layer and Tandem another around it, as for Dense on sequences.
   */
  String pathWithoutWrapper() {
    String rest = below;
    while (rest.equals("layer") || rest.startsWith("layer/")) {
      rest = rest.substring(Math.min(rest.length(), "layer/".length()));
    }
    return join(rest, "vars/" + number);
  }

  /** As in {@code cell/vars/0}. */
  String path() {
    return join(below, "vars/" + number);
  }
}
