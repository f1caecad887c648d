/** Rows of Apache Spark as data of workers: written once to a folder that all see, then mapped. */
@NullMarked
package dev.tandem.core.spark.rows;

import org.jspecify.annotations.NullMarked;
