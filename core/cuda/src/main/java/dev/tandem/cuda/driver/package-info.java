/**
 * The card itself: what it needs on a machine, and {@link dev.tandem.cuda.driver.CudaDevice}. No
 * class loads anything native before a card is asked for.
 */
@NullMarked
package dev.tandem.cuda.driver;

import org.jspecify.annotations.NullMarked;
