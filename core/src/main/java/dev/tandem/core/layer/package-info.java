/**
 * Layers: objects that own weights and may be called in any number of models.
 *
 * <p>A {@link dev.tandem.core.layer.Layer} says its output shapes, declares its weights at its
 * first call, and writes itself in ops. Standard layers are configured before that call with
 * methods that return the layer: {@code Dense.units(10).activation(relu()).named("head")}.
 */
package dev.tandem.core.layer;
