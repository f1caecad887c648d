/**
 * Training of the small MNIST classifier that the metrics of {@code gan} look through, when nothing
 * else is given. What it leaves is what lies in gan's resources.
 */
@NullMarked
package dev.tandem.examples.classifier;

import org.jspecify.annotations.NullMarked;
