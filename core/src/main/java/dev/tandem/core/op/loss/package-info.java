/** Cross entropies under logits, with gradients that do not overflow. */
package dev.tandem.core.op.loss;
