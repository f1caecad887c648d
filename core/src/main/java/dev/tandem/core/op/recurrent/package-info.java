/** Recurrences: cells run along sequences, as one op, and its gradient. */
@NullMarked
package dev.tandem.core.op.recurrent;

import org.jspecify.annotations.NullMarked;
