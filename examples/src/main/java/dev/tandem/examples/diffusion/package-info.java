/**
 * A small diffusion model on MNIST. {@link dev.tandem.examples.diffusion.Denoiser} draws a U-Net
 * and the model that trains it at random times, {@link dev.tandem.examples.diffusion.Times} says
 * how much noise there is at which time, and {@link dev.tandem.examples.diffusion.Sampling} goes
 * from noise to digits through an average of the U-Net.
 */
@NullMarked
package dev.tandem.examples.diffusion;

import org.jspecify.annotations.NullMarked;
