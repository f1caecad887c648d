/**
 * Models as ONNX files: what a model computes in inference, as a graph of ONNX ops that any runtime
 * of that format runs, with an open batch axis.
 *
 * <p>Images are channels last here and channels first in ONNX: values are kept in the order in
 * which they were made, and turned once where a reader needs the other.
 */
@NullMarked
package dev.tandem.onnx;

import org.jspecify.annotations.NullMarked;
