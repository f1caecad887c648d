/** The same steps on two devices, number by number. */
@NullMarked
package dev.tandem.examples.bench.compare;

import org.jspecify.annotations.NullMarked;
