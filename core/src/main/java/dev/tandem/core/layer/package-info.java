/**
 * Layers: objects that own weights and may be called in any number of models.
 *
 * <p>A {@link dev.tandem.core.layer.Layer} says its output shapes, declares its weights at its
 * first call, and writes itself in ops. Up to that call a layer is a value: its settings are made
 * with methods that give another layer, {@code Dense.units(10).activation(relu()).named("head")}.
 * Their names, defaults, weight layouts and formulas are those of Keras, with channels last. A
 * layer is made with {@code of}, or with the parameter that tells it from others of its kind.
 *
 * <p>A new layer of one tensor is a {@link dev.tandem.core.layer.SimpleLayer} with a constant
 * {@link dev.tandem.core.layer.Setting} for each setting, and a line in {@link
 * dev.tandem.core.layer.LayerTypes}, which files and copies need; its samples are lines in {@code
 * LayerSamples} among the tests, which hold it to what every layer promises.
 */
@CheckReturnValue
@NullMarked
package dev.tandem.core.layer;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
