/**
 * Models and weights from files that Keras saved: {@code .keras}, {@code .h5}, {@code .weights.h5}.
 * {@link dev.tandem.keras.KerasFile} is where to begin.
 */
@NullMarked
package dev.tandem.keras;

import org.jspecify.annotations.NullMarked;
