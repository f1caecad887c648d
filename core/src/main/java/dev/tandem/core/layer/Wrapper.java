package dev.tandem.core.layer;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A layer around another. The weights are the inner layer's, and its own if it declares some; the
 * flag is the inner layer's flag, but for {@link Lora}, which has one of its own.
 *
 * @param <S> the layer's own class
 */
public abstract class Wrapper<S extends Wrapper<S>> extends StandardLayer<S> {

  /** What describes the inner layer. */
  private static final Setting<LayerSpec> INNER = Setting.of("layer", LayerSpec.class);

  private Layer wrapped;

  /** A wrapper around a layer, which may be used elsewhere as well. */
  protected Wrapper(Layer wrapped, LayerSettings settings) {
    super(settings);
    if (wrapped == null) {
      throw new IllegalArgumentException(typeName() + " was put around null; give it a layer");
    }
    this.wrapped = wrapped;
  }

  /** A new inner layer as settings describe it. */
  protected static Layer described(LayerSettings settings) {
    return settings.get(INNER).make();
  }

  /** A new wrapper of these settings around a layer. */
  protected abstract S around(Layer inner);

  /** The layer in it. */
  public final Layer wrapped() {
    return wrapped;
  }

  /** Its settings and a description of the inner layer. */
  @Override
  public final LayerSettings settings() {
    return super.settings().with(INNER, LayerSpec.of(wrapped));
  }

  @Override
  protected final Layer unbuilt(UnaryOperator<Layer> copies) {
    return around(copies.apply(wrapped));
  }

  @Override
  public List<Layer> inner() {
    return List.of(wrapped);
  }

  /** Whether the flag is one of its own. */
  boolean hasOwnFlag() {
    return false;
  }

  @Override
  public final boolean isTrainable() {
    return hasOwnFlag() ? super.isTrainable() : wrapped.isTrainable();
  }

  /** The flag is the inner layer's, so it is around another inner layer. */
  @Override
  void begin(boolean trainable) {
    if (hasOwnFlag()) {
      super.begin(trainable);
      return;
    }
    if (wrapped.isBuilt()) {
      throw new IllegalStateException(
          this + " is around " + wrapped + ", which was called already; use its setTrainable");
    }
    wrapped = wrapped.clone();
    wrapped.begin(trainable);
  }

  /** Freezes or unfreezes the inner layer, or this one if it has a flag of its own. */
  @Override
  public final void setTrainable(boolean trainable) {
    if (hasOwnFlag()) {
      super.setTrainable(trainable);
    } else {
      wrapped.setTrainable(trainable);
    }
  }
}
