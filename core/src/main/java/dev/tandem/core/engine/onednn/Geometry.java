package dev.tandem.core.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.algorithm;
import static org.bytedeco.dnnl.global.dnnl.prop_kind;

import dev.tandem.core.op.image.ConvGeometry;
import dev.tandem.core.tensor.Shape;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_attr;

/**
 * A convolution in oneDNN's words. The kernel's own layout is left to oneDNN, which likes another
 * one than (height, width, in, out).
 *
 * @param operands the type of what it reads; what it makes is float32
 * @param window how the kernel walks
 * @param image (batch, height, width, in)
 * @param kernel (height, width, in, out)
 * @param output (batch, height, width, out)
 */
record Geometry(
    memory.data_type operands, ConvGeometry window, Shape image, Shape kernel, Shape output) {

  private static final String MADE_FOR_SHAPE = "jit:avx512_core";

  private long[] strides() {
    return new long[] {window.strideHeight(), window.strideWidth()};
  }

  private long[] dilations() {
    return new long[] {window.dilationHeight() - 1, window.dilationWidth() - 1};
  }

  private long[] before() {
    return new long[] {window.top(), window.left()};
  }

  private long[] after() {
    return new long[] {window.bottom(), window.right()};
  }

  /** The image, as it is read. */
  memory.desc imageRead() {
    return Dnnl.image(operands, image);
  }

  /** The gradient at the image, as it is made. */
  memory.desc imageMade() {
    return Dnnl.image(image);
  }

  /** The gradient at the output, as it is read. */
  memory.desc outputRead() {
    return Dnnl.image(operands, output);
  }

  /** The output, as it is made. */
  memory.desc outputMade() {
    return Dnnl.image(output);
  }

  /** One number for each output channel. */
  memory.desc biasDesc() {
    return Dnnl.flat(output.size(3));
  }

  /** The kernel as (height, width, in, out), as it is read. */
  memory.desc kernelRead() {
    return kernel(operands, memory.format_tag.hwio);
  }

  /** The gradient at the kernel as (height, width, in, out), as it is made. */
  memory.desc kernelMade() {
    return kernel(memory.data_type.f32, memory.format_tag.hwio);
  }

  private memory.desc kernel(memory.data_type type, memory.format_tag layout) {
    return Dnnl.desc(type, layout, kernel.size(3), kernel.size(2), kernel.size(0), kernel.size(1));
  }

  convolution_forward.primitive_desc forward(Dnnl dnnl) {
    return forward(dnnl, dnnl.attributes());
  }

  /** The convolution, and then what the attributes say. */
  convolution_forward.primitive_desc forward(Dnnl dnnl, primitive_attr then) {
    return new convolution_forward.primitive_desc(
        dnnl.engine(),
        prop_kind.forward_training.value,
        algorithm.convolution_direct.value,
        imageRead(),
        kernel(operands, memory.format_tag.any),
        outputMade(),
        strides(),
        dilations(),
        before(),
        after(),
        then,
        false);
  }

  /** The convolution with a bias, and then what the attributes say. */
  convolution_forward.primitive_desc biased(Dnnl dnnl, primitive_attr then) {
    return new convolution_forward.primitive_desc(
        dnnl.engine(),
        prop_kind.forward_training.value,
        algorithm.convolution_direct.value,
        imageRead(),
        kernel(operands, memory.format_tag.any),
        biasDesc(),
        outputMade(),
        strides(),
        dilations(),
        before(),
        after(),
        then,
        false);
  }

  /**
   * The gradient at the image. Of strides oneDNN offers small products of blocks (brgemm) first and
   * code made for the shape second, which took .72 to .85 of the time on the shapes of DCGANs and
   * .2 with few channels; 1.05 on images of 64 × 64 was the worst seen. Of bfloat16 the first is
   * taken.
   */
  convolution_backward_data.primitive_desc backwardData(Dnnl dnnl) {
    var way = describeBackwardData(dnnl);
    boolean strides = window.strideHeight() > 1 || window.strideWidth() > 1;
    if (operands != memory.data_type.f32
        || !strides
        || way.next_impl() && MADE_FOR_SHAPE.equals(way.impl_info_str().getString())) {
      return way;
    }
    way.close();
    return describeBackwardData(dnnl);
  }

  private convolution_backward_data.primitive_desc describeBackwardData(Dnnl dnnl) {
    return new convolution_backward_data.primitive_desc(
        dnnl.engine(),
        algorithm.convolution_direct.value,
        imageMade(),
        kernel(operands, memory.format_tag.any),
        outputRead(),
        strides(),
        dilations(),
        before(),
        after(),
        forward(dnnl),
        dnnl.attributes(),
        false);
  }

  convolution_backward_weights.primitive_desc backwardWeights(Dnnl dnnl) {
    return new convolution_backward_weights.primitive_desc(
        dnnl.engine(),
        algorithm.convolution_direct.value,
        imageRead(),
        kernel(memory.data_type.f32, memory.format_tag.any),
        outputRead(),
        strides(),
        dilations(),
        before(),
        after(),
        forward(dnnl),
        dnnl.attributes(),
        false);
  }
}
