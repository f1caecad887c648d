/**
 * Workers that train one model together: each runs the same program on batches of its own, and
 * between the two halves of a step all go on with the mean of what each has computed.
 */
@NullMarked
package dev.tandem.core.worker;

import org.jspecify.annotations.NullMarked;
