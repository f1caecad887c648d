package dev.tandem.core.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import dev.tandem.core.engine.kernel.Binding;
import dev.tandem.core.engine.kernel.HostKernelChoice;
import dev.tandem.core.engine.kernel.Kernel;
import dev.tandem.core.engine.kernel.Sequence;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.tensor.OwnedArrays;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * An image of few channels computed in blocks of pixels. oneDNN lays output channels into vector
 * registers, and one channel would leave them almost empty; here all pixels of a block are output
 * channels of one convolution, whose kernel holds the original one once for each pixel, moved, with
 * zeros around it. The products with zeros are far fewer than the lanes gained.
 */
final class BlockedImage implements HostKernelChoice {

  private static final int ORDERED = 0;
  private static final int SPREAD = 1;
  private static final int INSIDE = 2;
  private static final int MADE = 3;

  /** What the matrix depends on that moves the original kernel's taps. */
  private record Matrix(BlockAxis rows, BlockAxis columns) {}

  private final Dnnl dnnl;
  private final Blocks blocks;
  private final boolean transposed;
  private final convolution_forward.primitive_desc way;

  /**
   * An image in blocks.
   *
   * @param transposed whether the call reads (kernel, source) as an image gradient does, with the
   *     image's channels third in the kernel, or else (source, kernel) and fourth
   */
  BlockedImage(Dnnl dnnl, Blocks blocks, boolean transposed) {
    this.dnnl = dnnl;
    this.blocks = blocks;
    this.transposed = transposed;
    this.way =
        new convolution_forward.primitive_desc(
            dnnl.engine(),
            prop_kind.forward_training.value,
            algorithm.convolution_direct.value,
            Dnnl.image(blocks.source()),
            kernel(memory.format_tag.any),
            Dnnl.image(blocks.made()),
            new long[] {blocks.rows().stride(), blocks.columns().stride()},
            new long[] {0, 0},
            new long[] {-blocks.rows().low(), -blocks.columns().low()},
            new long[] {blocks.bottom(), blocks.right()},
            dnnl.attributes(),
            false);
  }

  private memory.desc kernel(memory.format_tag layout) {
    return Dnnl.desc(
        layout, blocks.channels(), blocks.depth(), blocks.rows().taps(), blocks.columns().taps());
  }

  private long original() {
    return (long) blocks.rows().kernel() * blocks.columns().kernel();
  }

  @Override
  public String label(OpCall call) {
    return call.op().opName() + " in blocks";
  }

  @Override
  public List<TensorSpec> scratch() {
    return List.of(
        TensorSpec.of(blocks.few(), original(), blocks.depth()),
        TensorSpec.of(blocks.channels() * blocks.taps() * blocks.depth()),
        TensorSpec.of(way.weights_desc().get_size() / Float.BYTES),
        TensorSpec.of(blocks.made().toArray()));
  }

  @Override
  public Kernel bind(Binding b) {
    INDArray kernel = b.in(transposed ? 0 : 1);
    INDArray source = b.in(transposed ? 1 : 0);
    Kernel convolution =
        new Primitive.Builder("convolution in blocks", dnnl)
            .argument(DNNL_ARG_SRC, Dnnl.image(blocks.source()), source)
            .argument(DNNL_ARG_WEIGHTS, way.weights_desc(), b.scratch(INSIDE))
            .argument(DNNL_ARG_DST, Dnnl.image(blocks.made()), b.scratch(MADE))
            .build(convolution_forward::new, way);
    return Sequence.of(
        order(kernel, b.scratch(ORDERED)),
        spread(b),
        Reorder.of(
            dnnl,
            kernel(memory.format_tag.ohwi),
            b.scratch(SPREAD),
            way.weights_desc(),
            b.scratch(INSIDE)),
        convolution,
        join(b.scratch(MADE), b.out()));
  }

  /** The kernel as (few, height · width, depth). */
  private Kernel order(INDArray kernel, INDArray to) {
    long few = blocks.few();
    long depth = blocks.depth();
    long[] sizes = {few, original(), depth};
    long[] strides =
        transposed ? new long[] {depth, few * depth, 1} : new long[] {1, few * depth, few};
    return Reorder.of(
        dnnl, Dnnl.strided(sizes, strides), kernel, Dnnl.desc(memory.format_tag.abc, sizes), to);
  }

  /** The kernel as (few · block height · block width, rows, columns, depth), by a product. */
  private Kernel spread(Binding b) {
    INDArray matrix =
        b.constants()
            .get(
                new Matrix(blocks.rows(), blocks.columns()),
                () -> matrix(blocks.rows(), blocks.columns()));
    long places = (long) blocks.area() * blocks.taps();
    memory.desc first = Dnnl.desc(memory.format_tag.abc, 1, places, original());
    memory.desc second = Dnnl.desc(memory.format_tag.abc, blocks.few(), original(), blocks.depth());
    memory.desc result = Dnnl.desc(memory.format_tag.abc, blocks.few(), places, blocks.depth());
    var product =
        new matmul.primitive_desc(dnnl.engine(), first, second, result, dnnl.attributes(), false);
    return new Primitive.Builder("spread", dnnl)
        .argument(DNNL_ARG_SRC, first, matrix)
        .argument(DNNL_ARG_WEIGHTS, second, b.scratch(ORDERED))
        .argument(DNNL_ARG_DST, result, b.scratch(SPREAD))
        .build(matmul::new, product);
  }

  /** (block height, block width, rows, columns) by taps of the kernel: where each one goes. */
  private static INDArray matrix(BlockAxis rows, BlockAxis columns) {
    int height = rows.taps();
    int width = columns.taps();
    int taps = rows.kernel() * columns.kernel();
    float[][] matrix = new float[rows.block() * columns.block() * height * width][taps];
    for (int place = 0; place < matrix.length; place++) {
      int column = place % width;
      int row = place / width % height;
      int right = place / width / height % columns.block();
      int down = place / width / height / columns.block();
      int i = rows.tap(down, row);
      int j = columns.tap(right, column);
      if (i >= 0 && j >= 0) {
        matrix[place][i * columns.kernel() + j] = 1;
      }
    }
    INDArray array = OwnedArrays.create(DataType.FLOAT, matrix.length, taps);
    return array.assign(Nd4j.createFromArray(matrix));
  }

  /** Blocks side by side. */
  private Kernel join(INDArray made, INDArray image) {
    long down = blocks.made().size(1);
    long across = blocks.made().size(2);
    long height = blocks.rows().block();
    long width = blocks.columns().block();
    long few = blocks.few();
    long row = across * width * few;
    long[] sizes = {blocks.image().size(0), down, across, few, height, width};
    long[] strides = {down * height * row, height * row, width * few, 1, row, few};
    return Reorder.of(
        dnnl,
        Dnnl.desc(memory.format_tag.abcdef, sizes),
        made,
        Dnnl.strided(sizes, strides),
        image);
  }
}
