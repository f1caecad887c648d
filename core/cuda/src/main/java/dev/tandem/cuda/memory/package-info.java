/** Values on a card: arenas, and mirrors of variables. */
@NullMarked
package dev.tandem.cuda.memory;

import org.jspecify.annotations.NullMarked;
