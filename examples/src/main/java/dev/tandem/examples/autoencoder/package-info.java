/**
 * An autoencoder and a variational one on MNIST, of the same nets. {@link
 * dev.tandem.examples.autoencoder.Autoencoders} draws them: each is three models over one encoder
 * and one decoder.
 */
@NullMarked
package dev.tandem.examples.autoencoder;

import org.jspecify.annotations.NullMarked;
