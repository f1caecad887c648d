/**
 * Metrics: recipes that judge predictions over many batches, in float64 on the JVM.
 *
 * <p>A {@link dev.tandem.core.metric.Metric} is a record; what it has seen lies in an accumulator
 * that it makes. Batches are read to the JVM in one piece, and never element by element.
 */
@NullMarked
package dev.tandem.core.metric;

import org.jspecify.annotations.NullMarked;
