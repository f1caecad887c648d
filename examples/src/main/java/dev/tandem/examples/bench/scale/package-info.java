/**
 * What a step costs as batch, width and depth of a convolutional GAN grow, beside the arithmetic
 * that its shapes ask for.
 */
@NullMarked
package dev.tandem.examples.bench.scale;

import org.jspecify.annotations.NullMarked;
