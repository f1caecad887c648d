/** Random inputs of generators, in steps and outside of them. */
package dev.tandem.gan.latent;
