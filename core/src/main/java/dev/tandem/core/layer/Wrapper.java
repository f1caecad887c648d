package dev.tandem.core.layer;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A layer around another. The weights are the inner layer's, and its own state if it declares some;
 * the flag is the inner layer's flag.
 *
 * @param <S> the layer's own class
 */
public abstract class Wrapper<S extends Wrapper<S>> extends StandardLayer<S> {

  /** The setting that describes the inner layer, a {@link LayerSpec}. */
  protected static final String INNER = "layer";

  private Layer wrapped;

  /** A wrapper around a layer, which may be used elsewhere as well. */
  protected Wrapper(Layer wrapped, Config config) {
    super(config);
    this.wrapped = wrapped;
  }

  /** A new inner layer as a configuration describes it. */
  protected static Layer described(Config config) {
    return config
        .find(INNER, LayerSpec.class)
        .orElseThrow(() -> new IllegalStateException("no inner layer in " + config.settings()))
        .make();
  }

  /** A new wrapper of these settings around a layer. */
  protected abstract S around(Layer inner);

  /** The layer in it. */
  public final Layer wrapped() {
    return wrapped;
  }

  /** Its settings and a description of the inner layer. */
  @Override
  public final Config config() {
    return super.config().with(INNER, LayerSpec.of(wrapped));
  }

  @Override
  protected final Layer unbuilt(UnaryOperator<Layer> copies) {
    return around(copies.apply(wrapped));
  }

  @Override
  public final List<Layer> inner() {
    return List.of(wrapped);
  }

  @Override
  public final boolean isTrainable() {
    return wrapped.isTrainable();
  }

  /** The flag is the inner layer's, so it is around another inner layer. */
  @Override
  final void begin(boolean trainable) {
    if (wrapped.isBuilt()) {
      throw new IllegalStateException(
          this + " is around " + wrapped + ", which was called already; use its setTrainable");
    }
    wrapped = wrapped.clone();
    wrapped.begin(trainable);
  }

  /** Freezes or unfreezes the inner layer. */
  @Override
  public final void setTrainable(boolean trainable) {
    wrapped.setTrainable(trainable);
  }
}
