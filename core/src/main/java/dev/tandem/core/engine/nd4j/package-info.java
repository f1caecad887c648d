/**
 * The kernel library of ND4J's own ops, on every backend that ND4J has.
 *
 * <p>{@link dev.tandem.core.engine.nd4j.Nd4jKernels} is the table from ops to {@link
 * dev.tandem.core.engine.nd4j.Rule}s; the rules lie in a few classes by kind. A rule prefers
 * compositions of fast ops to slow ops of the right name.
 */
@NullMarked
package dev.tandem.core.engine.nd4j;

import org.jspecify.annotations.NullMarked;
