/**
 * Activations: elementwise functions between layers, and the softmax, as records that files can
 * hold.
 */
package dev.tandem.core.activation;
