/**
 * An autoencoder and a variational one on MNIST, of the same nets. {@link
 * dev.tandem.examples.autoencoder.Autoencoder} draws them: each is four models over one encoder and
 * one decoder.
 */
@NullMarked
package dev.tandem.examples.autoencoder;

import org.jspecify.annotations.NullMarked;
