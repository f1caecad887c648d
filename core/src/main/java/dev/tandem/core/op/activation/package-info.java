/** Activations and their gradients, elementwise or along the last axis. */
@NullMarked
package dev.tandem.core.op.activation;

import org.jspecify.annotations.NullMarked;
