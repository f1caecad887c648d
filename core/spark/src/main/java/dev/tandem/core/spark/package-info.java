/** Workers on the executors of a cluster of Apache Spark. */
@NullMarked
package dev.tandem.core.spark;

import org.jspecify.annotations.NullMarked;
