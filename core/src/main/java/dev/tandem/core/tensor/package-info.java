/**
 * Shapes and specifications of tensors: immutable values that everything else is described with.
 *
 * <p>A {@link dev.tandem.core.tensor.Shape} may leave its first axis, the batch, open; a {@link
 * dev.tandem.core.tensor.TensorSpec} is a shape with a data type. Nothing here holds numbers.
 */
@NullMarked
package dev.tandem.core.tensor;

import org.jspecify.annotations.NullMarked;
