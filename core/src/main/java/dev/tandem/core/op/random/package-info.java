/** Counter-based random numbers: a function of seed, step and stream alone. */
@NullMarked
package dev.tandem.core.op.random;

import org.jspecify.annotations.NullMarked;
