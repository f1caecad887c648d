package dev.tandem.core.model;

import com.google.common.collect.ImmutableMap;
import dev.tandem.core.graph.Callee;
import dev.tandem.core.graph.Node;
import dev.tandem.core.layer.Layer;
import java.util.HashMap;
import java.util.Map;

/** The trainable flags of a model and everything in it at one moment. */
public final class Flags {

  private final ImmutableMap<Callee, Boolean> flags;

  private Flags(Map<Callee, Boolean> flags) {
    this.flags = ImmutableMap.copyOf(flags);
  }

  /** The flags as they are now. */
  public static Flags of(Model model) {
    Map<Callee, Boolean> flags = new HashMap<>();
    for (Model reached : Parts.models(model)) {
      flags.put(reached, reached.isTrainable());
      for (Node node : reached.graph().nodes()) {
        if (node.callee() instanceof Layer layer) {
          note(layer, flags);
        }
      }
    }
    return new Flags(flags);
  }

  private static void note(Layer layer, Map<Callee, Boolean> flags) {
    flags.put(layer, layer.isTrainable());
    layer.inner().forEach(inner -> note(inner, flags));
  }

  /** Whether a layer's or model's flag was on. */
  public boolean isOn(Callee callee) {
    Boolean flag = flags.get(callee);
    if (flag == null) {
      throw new IllegalArgumentException(
          callee.typeName() + " \"" + callee.name() + "\" is not part of the compiled model");
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
