/** Normalizations of batches and of layers, with their gradients. */
package dev.tandem.core.op.norm;
