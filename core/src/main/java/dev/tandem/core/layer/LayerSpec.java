package dev.tandem.core.layer;

import org.jspecify.annotations.Nullable;

/**
 * What a layer is made from, without its weights: enough for a file or a copy.
 *
 * @param type the name under which {@link LayerTypes} knows how to make it
 * @param name the layer's name; null if it was given none
 * @param trainable the layer's flag
 * @param settings its settings
 */
public record LayerSpec(
    String type, @Nullable String name, boolean trainable, LayerSettings settings) {

  /**
   * The description of a layer.
   *
   * @throws IllegalArgumentException if it is not all its settings, such as a {@link Lambda}
   */
  public static LayerSpec of(Layer layer) {
    if (!(layer instanceof StandardLayer<?> standard)) {
      throw new IllegalArgumentException(
          layer
              + " is code and cannot be described in a file; save its weights alone,"
              + " or write a StandardLayer for it");
    }
    return new LayerSpec(
        layer.typeName(),
        layer.isNamed() ? layer.name() : null,
        layer.isTrainable(),
        standard.settings());
  }

  /** A new layer of this description. */
  public Layer make() {
    Layer layer = LayerTypes.make(type, settings);
    if (name != null) {
      layer = layer.named(name);
    }
    layer.setTrainable(trainable);
    return layer;
  }
}
