/** Activations and their gradients, elementwise or along the last axis. */
package dev.tandem.core.op.activation;
