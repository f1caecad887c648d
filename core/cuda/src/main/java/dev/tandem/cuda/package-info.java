/** An engine for NVIDIA cards: {@link dev.tandem.cuda.CudaEngine}. */
@NullMarked
package dev.tandem.cuda;

import org.jspecify.annotations.NullMarked;
