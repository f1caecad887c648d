/**
 * Layers: objects that own weights and may be called in any number of models.
 *
 * <p>A {@link dev.tandem.core.layer.Layer} says its output shapes, declares its weights at its
 * first call, and writes itself in ops. Standard layers are configured before that call with
 * methods that return the layer: {@code Dense.units(10).activation(relu()).named("head")}. Their
 * names, defaults, weight layouts and formulas are those of Keras, with channels last.
 *
 * <p>A new layer of one tensor is a {@link dev.tandem.core.layer.SimpleLayer} and a line in {@link
 * dev.tandem.core.layer.LayerTypes}, which files and copies need; its samples are lines in {@code
 * LayerSamples} among the tests, which hold it to what every layer promises.
 */
package dev.tandem.core.layer;
