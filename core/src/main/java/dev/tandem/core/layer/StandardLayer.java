package dev.tandem.core.layer;

import java.util.function.UnaryOperator;

/**
 * A layer that is all its {@link Config}: made from one, saved as one, cloned by one. Settings are
 * made before its first call, with methods that give another layer.
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
   * A layer like this one with another value of a setting; this one stays as it is.
   *
   * @throws IllegalArgumentException if the value is null
   * @throws IllegalStateException after the first call
   */
  protected final S set(String key, Object value) {
    if (value == null) {
      throw new IllegalArgumentException(
          describe() + " got null for \"" + key + "\"; leave it out to keep what holds unless set");
    }
    S other = another(key);
    ((StandardLayer<?>) other).config = config.with(key, value);
    return other;
  }

  /** A layer like this one with this name; this one stays as it is. */
  @Override
  @SuppressWarnings("unchecked")
  public S named(String name) {
    return (S) super.named(name);
  }

  /**
   * A layer like this one that is frozen or trainable from its construction on; this one stays as
   * it is. {@link #setTrainable} changes the flag of the layer itself, also after its first call.
   *
   * @throws IllegalStateException after the first call
   */
  public final S trainable(boolean trainable) {
    S other = another("trainable");
    other.begin(trainable);
    return other;
  }

  @SuppressWarnings("unchecked")
  private S another(String setting) {
    if (isBuilt()) {
      throw new IllegalStateException(
          describe() + " was called already; set \"" + setting + "\" before its first call");
    }
    return (S) clone();
  }
}
