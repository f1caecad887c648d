/**
 * Initializers: the first values of weights, each a function of a seed, as records that files can
 * hold.
 */
@NullMarked
package dev.tandem.core.initializer;

import org.jspecify.annotations.NullMarked;
