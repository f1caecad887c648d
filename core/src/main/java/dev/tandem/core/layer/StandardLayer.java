package dev.tandem.core.layer;

import java.util.function.UnaryOperator;

/**
 * A layer that is all its {@link Config}: made from one, saved as one, cloned by one. Settings are
 * made with methods that return the layer, before its first call.
 *
 * @param <S> the layer's own class
 */
public abstract class StandardLayer<S extends StandardLayer<S>> extends Layer {

  private Config config;

  /** A layer of these settings. */
  protected StandardLayer(Config config) {
    this.config = config;
  }

  /** Its settings. */
  public Config config() {
    return config;
  }

  @Override
  protected Layer unbuilt(UnaryOperator<Layer> copies) {
    return LayerTypes.make(typeName(), config());
  }

  /**
   * Makes a setting.
   *
   * @throws IllegalStateException after the first call
   */
  protected final S set(String key, Object value) {
    if (isBuilt()) {
      throw new IllegalStateException(
          describe() + " was called already; set \"" + key + "\" before its first call");
    }
    config = config.with(key, value);
    return self();
  }

  @Override
  public S named(String name) {
    super.named(name);
    return self();
  }

  /** Makes the layer frozen or trainable from its construction on. */
  public final S trainable(boolean trainable) {
    setTrainable(trainable);
    return self();
  }

  @SuppressWarnings("unchecked")
  private S self() {
    return (S) this;
  }
}
