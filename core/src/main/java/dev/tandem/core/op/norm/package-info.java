/** Normalizations of batches and of layers, with their gradients. */
@NullMarked
package dev.tandem.core.op.norm;

import org.jspecify.annotations.NullMarked;
