/**
 * Ops of images (batch, height, width, channels): convolutions and their gradients, pools,
 * upsampling.
 */
package dev.tandem.core.op.image;
