/**
 * Ready recipes by name: each is a pair, an objective and numbers from its paper, put together in a
 * few lines of {@link dev.tandem.gan.preset.Presets} or {@code Translations} as a user would.
 * {@link dev.tandem.gan.preset.Nets28} and {@link dev.tandem.gan.preset.PointNets} draw the nets.
 */
package dev.tandem.gan.preset;
