package dev.tandem.core.layer;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Copies of layers that are not called yet, one for each layer: a layer that was shared, also
 * inside a wrapper, has one copy that is shared.
 */
public final class LayerCopies {

  private final Map<Layer, Layer> copies = new IdentityHashMap<>();

  /** Lets a layer that is there already be the copy of another. */
  @CanIgnoreReturnValue
  public LayerCopies with(Layer layer, Layer copy) {
    copies.put(layer, copy);
    return this;
  }

  /** The copy of a layer: of the same kind, name, settings and flag. */
  public Layer of(Layer layer) {
    Layer known = copies.get(layer);
    if (known == null) {
      known = layer.unbuilt(this::of);
      if (layer.isNamed()) {
        known = known.named(layer.name());
      }
      known.setTrainable(layer.isTrainable());
      copies.put(layer, known);
    }
    return known;
  }
}
