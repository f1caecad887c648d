/** Regularizers: penalties on weights and on outputs of layers, as records that files can hold. */
package dev.tandem.core.regularizer;
