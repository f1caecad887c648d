/** What an exchange between workers takes, measured on a cluster and modelled for larger ones. */
@NullMarked
package dev.tandem.examples.spark.bench;

import org.jspecify.annotations.NullMarked;
