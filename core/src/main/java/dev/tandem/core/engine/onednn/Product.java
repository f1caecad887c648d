package dev.tandem.core.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import dev.tandem.core.engine.kernel.Binding;
import dev.tandem.core.engine.kernel.Kernel;
import dev.tandem.core.op.MatMul;
import dev.tandem.core.tensor.Shape;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A matrix product, with what {@link Chain} puts behind it. */
final class Product extends Chained {

  /** From so many elements of the second matrix on, packing it takes more rows to pay. */
  private static final long WIDE = 500_000;

  private static final long FEW_ROWS = 96;

  private final MatMul op;

  private Product(Dnnl dnnl, Chain chain) {
    super(dnnl, chain);
    this.op = (MatMul) chain.head().op();
  }

  /** The product, or null where ND4J's BLAS is faster. */
  static @Nullable Product of(Dnnl dnnl, Chain chain) {
    MatMul op = (MatMul) chain.head().op();
    Shape second = chain.head().inputs().get(1).shape();
    long rows = chain.head().outputs().get(0).shape().size(-2);
    boolean packingCosts =
        !chain.isNarrow() && !op.transposeB() && rows < FEW_ROWS && second.length() >= WIDE;
    return packingCosts ? null : new Product(dnnl, chain);
  }

  /** The multiplications of a product. */
  static double work(Chain chain) {
    Shape first = chain.head().inputs().get(0).shape();
    Shape result = chain.head().outputs().get(0).shape();
    boolean transposed = ((MatMul) chain.head().op()).transposeA();
    return (double) result.length() * first.size(transposed ? -2 : -1);
  }

  @Override
  public Kernel bind(Binding b) {
    memory.desc first = matrix(b.in(0), op.transposeA());
    memory.desc second = matrix(b.in(1), op.transposeB());
    memory.desc result = matrix(b.out(), false);
    Primitive.Builder builder =
        new Primitive.Builder(chain.label(), dnnl)
            .argument(DNNL_ARG_SRC, first, b.in(0))
            .argument(DNNL_ARG_WEIGHTS, second, b.in(1))
            .argument(DNNL_ARG_DST, result, b.out());
    primitive_attr attributes = chain.addend() == null ? chain.attributes() : adding(result);
    matmul.primitive_desc way;
    if (chain.bias() == null) {
      way = new matmul.primitive_desc(dnnl.engine(), first, second, result, attributes, false);
    } else {
      memory.desc bias = bias(b.out().rank(), b.in(2).length());
      way =
          new matmul.primitive_desc(dnnl.engine(), first, second, bias, result, attributes, false);
      builder.argument(DNNL_ARG_BIAS, bias, b.in(2));
    }
    chain.arguments(builder, b);
    if (chain.addend() != null) {
      builder.argument(
          DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE | DNNL_ARG_SRC_1, matrix(b.in(2), false), b.in(2));
    }
    return builder.hold(attributes).build(matmul::new, way);
  }

  /** Attributes of a product to which a tensor is added. */
  private static primitive_attr adding(memory.desc tensor) {
    primitive_attr attributes = Dnnl.newAttributes();
    try (post_ops after = new post_ops()) {
      after.append_binary(algorithm.binary_add.value, tensor);
      attributes.set_post_ops(after);
    }
    return attributes;
  }

  /** A matrix or a batch of them, as it is meant: transposed ones are read the other way. */
  private static memory.desc matrix(INDArray array, boolean transposed) {
    long[] sizes = array.shape().clone();
    int rank = sizes.length;
    if (transposed) {
      long rows = sizes[rank - 2];
      sizes[rank - 2] = sizes[rank - 1];
      sizes[rank - 1] = rows;
    }
    memory.format_tag layout =
        rank == 2
            ? transposed ? memory.format_tag.ba : memory.format_tag.ab
            : transposed ? memory.format_tag.acb : memory.format_tag.abc;
    return Dnnl.desc(Dnnl.type(array.dataType()), layout, sizes);
  }

  private static memory.desc bias(int rank, long channels) {
    return rank == 2
        ? Dnnl.desc(memory.format_tag.ab, 1, channels)
        : Dnnl.desc(memory.format_tag.abc, 1, 1, channels);
  }
}
