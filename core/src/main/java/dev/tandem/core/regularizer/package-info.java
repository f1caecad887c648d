/** Regularizers: penalties on weights and on outputs of layers, as records that files can hold. */
@NullMarked
package dev.tandem.core.regularizer;

import org.jspecify.annotations.NullMarked;
