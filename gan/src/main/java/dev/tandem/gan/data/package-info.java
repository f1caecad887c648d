/**
 * Data to train generators on and to judge them by: toy mixtures, stacked MNIST, folders of images.
 *
 * <p>A {@link dev.tandem.gan.data.LabeledSource} samples batches as a function of (seed, step), so
 * that any step can be replayed and a resumed run sees what an uninterrupted one would. {@link
 * dev.tandem.gan.data.Mixture} names its protocols: "the ring of eight" is several data sets in the
 * literature. {@link dev.tandem.gan.data.ImageFiles} reads pictures into a data set of core's,
 * {@link dev.tandem.gan.data.Edges} makes what they are translated from.
 */
@NullMarked
package dev.tandem.gan.data;

import org.jspecify.annotations.NullMarked;
