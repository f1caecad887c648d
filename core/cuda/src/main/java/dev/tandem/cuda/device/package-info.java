/** The seam to hardware: {@link dev.tandem.cuda.device.Device} and what is said to it. */
@NullMarked
package dev.tandem.cuda.device;

import org.jspecify.annotations.NullMarked;
