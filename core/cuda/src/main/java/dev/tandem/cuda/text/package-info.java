/** The texts of kernels, made from ops: {@link dev.tandem.cuda.text.KernelText}. */
@NullMarked
package dev.tandem.cuda.text;

import org.jspecify.annotations.NullMarked;
