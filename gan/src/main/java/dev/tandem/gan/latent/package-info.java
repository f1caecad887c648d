/** Random inputs of generators, in steps and outside of them. */
@NullMarked
package dev.tandem.gan.latent;

import org.jspecify.annotations.NullMarked;
