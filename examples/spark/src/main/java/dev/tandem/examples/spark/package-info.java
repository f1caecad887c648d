/** The application that {@code spark-submit} takes. */
@NullMarked
package dev.tandem.examples.spark;

import org.jspecify.annotations.NullMarked;
