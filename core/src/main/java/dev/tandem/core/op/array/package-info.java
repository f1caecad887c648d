/** Ops that look rows up by integer indices, or give such indices. */
@NullMarked
package dev.tandem.core.op.array;

import org.jspecify.annotations.NullMarked;
