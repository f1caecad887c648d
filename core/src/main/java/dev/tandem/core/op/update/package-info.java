/** Updates of weights by optimizers that run as one kernel. */
@NullMarked
package dev.tandem.core.op.update;

import org.jspecify.annotations.NullMarked;
