/**
 * How long training steps take: five workloads, each defined so that other systems can run exactly
 * the same, measured alone or against SameDiff in one run.
 *
 * <p>A {@link dev.tandem.examples.bench.measure.Workload} is one system's way to take one step;
 * {@link dev.tandem.examples.bench.Contender} makes it for a {@link
 * dev.tandem.examples.bench.measure.Task}, and {@link
 * dev.tandem.examples.bench.measure.Measurement} times it. {@link
 * dev.tandem.examples.bench.SameDiffGan} is what a user of plain SameDiff writes today.
 */
package dev.tandem.examples.bench;
