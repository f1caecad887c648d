/** Cross entropies under logits, with gradients that do not overflow. */
@NullMarked
package dev.tandem.core.op.loss;

import org.jspecify.annotations.NullMarked;
