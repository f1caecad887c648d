package dev.tandem.core.layer;

/**
 * What a layer is made from, without its weights: enough for a file or a copy.
 *
 * @param type the name under which {@link LayerTypes} knows how to make it
 * @param name the layer's name
 * @param trainable the layer's flag
 * @param config its settings
 */
public record LayerSpec(String type, String name, boolean trainable, Config config) {

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
    return new LayerSpec(layer.typeName(), layer.name(), layer.isTrainable(), standard.config());
  }

  /** A new layer of this description. */
  public Layer make() {
    Layer layer = LayerTypes.make(type, config);
    layer.named(name);
    layer.setTrainable(trainable);
    return layer;
  }
}
