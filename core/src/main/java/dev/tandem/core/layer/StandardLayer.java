package dev.tandem.core.layer;

import dev.tandem.core.tensor.Shape;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A layer that is all its {@link LayerSettings}: made from one, saved as one, cloned by one. They
 * are made before its first call, with methods that give another layer.
 *
 * @param <S> the layer's own class
 */
public abstract class StandardLayer<S extends StandardLayer<S>> extends Layer {

  private LayerSettings settings;

  /** A layer of these settings. */
  protected StandardLayer(LayerSettings settings) {
    this.settings = settings;
  }

  /** Its settings. */
  public LayerSettings settings() {
    return settings;
  }

  /**
   * One of its settings, or what holds where it is not set.
   *
   * @throws IllegalStateException if it is not set and has to be
   */
  protected final <T> T get(Setting<T> setting) {
    return settings.get(setting);
  }

  /** One of its settings, or what holds where it is not set; empty if there is neither. */
  protected final <T> Optional<T> find(Setting<T> setting) {
    return settings.find(setting);
  }

  /** Declares a parameter as it is set. */
  final Weight parameter(ParameterSettings parameter, Shape shape, DataType dtype) {
    return parameter(
        parameter.name(),
        shape,
        dtype,
        get(parameter.initializer()),
        find(parameter.regularizer()).orElse(null));
  }

  @Override
  protected Layer unbuilt(UnaryOperator<Layer> copies) {
    return LayerTypes.make(typeName(), settings());
  }

  /**
   * A layer like this one with another value of a setting; this one stays as it is.
   *
   * @throws IllegalArgumentException if the value is null or against the setting's rule
   * @throws IllegalStateException after the first call
   */
  protected final <T> S set(Setting<T> setting, T value) {
    S other = another(setting.key());
    ((StandardLayer<?>) other).settings = settings.with(setting, value);
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
