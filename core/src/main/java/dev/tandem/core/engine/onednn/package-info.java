/**
 * Kernels of oneDNN, called directly on ND4J's buffers: convolutions and their two gradients apart,
 * batch normalization, activations. In use where the presets load; float32 alone.
 */
@NullMarked
package dev.tandem.core.engine.onednn;

import org.jspecify.annotations.NullMarked;
