/**
 * The gallery: one class for each kind of GAN, short enough to be read from top to bottom, that
 * trains on data which comes with the library and leaves one picture. One more is a class with a
 * method like {@link dev.tandem.examples.gallery.Example#run} and a line in {@link
 * dev.tandem.examples.gallery.Gallery}.
 */
@NullMarked
package dev.tandem.examples.gallery;

import org.jspecify.annotations.NullMarked;
