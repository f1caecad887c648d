package dev.tandem.core.model;

import com.google.common.collect.ImmutableMap;
import dev.tandem.core.graph.Operation;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.Weight;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The trainable flags of a model and everything in it at one moment. */
public final class Flags {

  private final ImmutableMap<Operation, Boolean> flags;

  private Flags(Map<Operation, Boolean> flags) {
    this.flags = ImmutableMap.copyOf(flags);
  }

  /**
   * The flags as they are now.
   *
   * @throws IllegalStateException if a layer lists weights of one that it does not name as wrapped
   */
  public static Flags of(Model model) {
    Map<Operation, Boolean> flags = new HashMap<>();
    ModelWalk.visit(
        model,
        new ModelWalk.Visitor() {
          @Override
          public boolean enter(Model part, CallSite site) {
            flags.put(part, part.isTrainable());
            return site.isFirst();
          }

          @Override
          public boolean enter(Layer layer, CallSite site) {
            flags.put(layer, layer.isTrainable());
            return site.isFirst();
          }

          @Override
          public void leave(Layer layer, CallSite site) {
            requireNoHidden(layer);
          }
        });
    return new Flags(flags);
  }

  private static void requireNoHidden(Layer layer) {
    List<Layer> inner = layer.inner();
    for (Weight weight : layer.weights()) {
      if (weight.owner() != layer && inner.stream().noneMatch(w -> w.weights().contains(weight))) {
        throw new IllegalStateException(
            layer
                + " lists the weight \""
                + weight.path()
                + "\", which belongs to "
                + weight.owner()
                + ", and does not name that layer in inner(); nothing could train it; let inner()"
                + " return it");
      }
    }
  }

  /** Whether a layer's or model's flag was on. */
  public boolean isOn(Operation operation) {
    Boolean flag = flags.get(operation);
    if (flag == null) {
      throw new IllegalArgumentException(operation.label() + " is not part of the compiled model");
    }
    return flag;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Flags that && flags.equals(that.flags);
  }

  @Override
  public int hashCode() {
    return flags.hashCode();
  }
}
