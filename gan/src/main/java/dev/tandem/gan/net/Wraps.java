package dev.tandem.gan.net;

import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.SpectralNormalization;

/** A wrapper around a layer with a kernel. */
final class Wraps {

  private Wraps() {}

  /** Nothing. */
  static Layer none(Layer layer) {
    return layer;
  }

  /** Spectral normalization, named after the layer if that has a name. */
  static Layer spectral(Layer layer) {
    SpectralNormalization wrapper = SpectralNormalization.of(layer);
    return layer.isNamed() ? wrapper.named(layer.name() + "_spectral") : wrapper;
  }
}
