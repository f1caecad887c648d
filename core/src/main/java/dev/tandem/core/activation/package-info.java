/**
 * Activations: elementwise functions between layers, and the softmax, as records that files can
 * hold.
 */
@NullMarked
package dev.tandem.core.activation;

import org.jspecify.annotations.NullMarked;
