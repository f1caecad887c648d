/**
 * Ops of images (batch, height, width, channels): convolutions and their gradients, pools,
 * upsampling.
 */
@NullMarked
package dev.tandem.core.op.image;

import org.jspecify.annotations.NullMarked;
