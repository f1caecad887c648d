/**
 * Measures of the quality and the variety of samples, without a network connection.
 *
 * <p>A {@link dev.tandem.gan.metric.FeatureExtractor} turns images into {@link
 * dev.tandem.gan.metric.Features}; {@link dev.tandem.gan.metric.RealFeatures} are what is measured
 * against. Each metric is one class with a method {@code measure}, and each gives a {@link
 * dev.tandem.gan.metric.Score}: the value with its interval, the numbers of samples, the seed, the
 * extractor's hash, and the floor, which is what real data score by the same rule. {@link
 * dev.tandem.gan.metric.ModeCoverage} and {@link dev.tandem.gan.metric.StackedModes} count modes.
 * Fewer samples than a metric needs are refused.
 */
@NullMarked
package dev.tandem.gan.metric;

import org.jspecify.annotations.NullMarked;
