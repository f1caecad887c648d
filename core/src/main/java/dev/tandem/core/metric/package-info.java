/** Metrics: recipes that judge predictions over many batches, in float64 on the JVM. */
package dev.tandem.core.metric;
