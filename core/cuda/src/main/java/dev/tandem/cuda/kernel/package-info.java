/** The table from ops to what a card runs: {@link dev.tandem.cuda.kernel.CudaKernels}. */
@NullMarked
package dev.tandem.cuda.kernel;

import org.jspecify.annotations.NullMarked;
