/**
 * A GAN on MNIST, the classic way: compile the discriminator, freeze it, compile the generator
 * through it, alternate. {@link dev.tandem.examples.mnist.Dcgan} draws the nets, {@link
 * dev.tandem.examples.mnist.DcganTraining} is the loop, {@link dev.tandem.examples.mnist.Album}
 * keeps the pictures.
 */
@NullMarked
package dev.tandem.examples.mnist;

import org.jspecify.annotations.NullMarked;
