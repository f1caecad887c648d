/** Updates of weights by optimizers that run as one kernel. */
package dev.tandem.core.op.update;
