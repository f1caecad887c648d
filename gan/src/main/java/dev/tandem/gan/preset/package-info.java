/**
 * Ready recipes by name: each is a pair, an objective and numbers from its paper, put together in a
 * few lines of {@link dev.tandem.gan.preset.Presets} or {@code Translations} as a user would, over
 * nets of {@link dev.tandem.gan.net.Nets}.
 */
@NullMarked
package dev.tandem.gan.preset;

import org.jspecify.annotations.NullMarked;
