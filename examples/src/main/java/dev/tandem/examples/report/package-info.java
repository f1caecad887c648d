/** Reports of runs: one page that holds everything, and the same in words. */
@NullMarked
package dev.tandem.examples.report;

import org.jspecify.annotations.NullMarked;
