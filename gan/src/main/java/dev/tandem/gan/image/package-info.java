/**
 * Pictures of what a generator makes: grids of images and scattered points as PNG files, and their
 * course as animations.
 *
 * <p>{@link dev.tandem.gan.image.ImageGrid} draws a batch {@code (batch, height, width, channels)}
 * of values in [−1, 1] into one picture, {@link dev.tandem.gan.image.Scatter} points of a plane;
 * {@link dev.tandem.gan.image.AnimatedGif} strings pictures together. A file is written beside its
 * target and then renamed, so that a reader never meets half of one. Equal input gives equal bytes.
 */
@NullMarked
package dev.tandem.gan.image;

import org.jspecify.annotations.NullMarked;
