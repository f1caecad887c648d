/** Losses: recipes that compare an output with its target, in ops. */
package dev.tandem.core.loss;
