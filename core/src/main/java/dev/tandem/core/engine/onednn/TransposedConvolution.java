package dev.tandem.core.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import dev.tandem.core.engine.kernel.Binding;
import dev.tandem.core.engine.kernel.Kernel;
import dev.tandem.core.op.Conv2DInputGradient;
import dev.tandem.core.op.ConvGeometry;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import org.bytedeco.dnnl.deconvolution_forward;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_attr;
import org.jspecify.annotations.Nullable;

/**
 * The image gradient of a convolution as a layer uses it, a transposed convolution: with the bias
 * and what else {@link Chain} puts behind it.
 */
final class TransposedConvolution extends Chained {

  private final memory.desc source;
  private final memory.desc image;
  private final Shape kernel;
  private final ConvGeometry geometry;
  private final long bottom;
  private final long right;
  private final Supplier<deconvolution_forward.primitive_desc> way;
  private final Supplier<KernelLayout> layout;

  private TransposedConvolution(Dnnl dnnl, Chain chain, Conv2DInputGradient op) {
    super(dnnl, chain);
    Shape g = chain.head().inputs().get(1).shape();
    this.kernel = chain.head().inputs().get(0).shape();
    this.geometry = op.geometry();
    this.source = Dnnl.image(g);
    this.image = Dnnl.image(op.image());
    this.bottom =
        after(g.size(1), geometry.strideHeight(), kernel.size(0), geometry.top(), op.image(), 1);
    this.right =
        after(g.size(2), geometry.strideWidth(), kernel.size(1), geometry.left(), op.image(), 2);
    // only a choice that is taken needs them
    this.way = Suppliers.memoize(this::way);
    this.layout =
        Suppliers.memoize(
            () -> new KernelLayout(dnnl, kernel(memory.format_tag.cdab), way.get().weights_desc()));
  }

  /** The chain, or null if its head is no transposed convolution of a layer or has no bias. */
  static @Nullable TransposedConvolution of(Dnnl dnnl, Chain chain) {
    if (chain.bias() == null
        || !(chain.head().op() instanceof Conv2DInputGradient op)
        || op.geometry().isDilated()) {
      return null;
    }
    TransposedConvolution made = new TransposedConvolution(dnnl, chain, op);
    return made.bottom >= 0 && made.right >= 0 ? made : null;
  }

  private deconvolution_forward.primitive_desc way() {
    try (primitive_attr then = chain.attributes()) {
      return new deconvolution_forward.primitive_desc(
          dnnl.engine(),
          prop_kind.forward_training.value,
          algorithm.deconvolution_direct.value,
          source,
          kernel(memory.format_tag.any),
          Dnnl.flat(kernel.size(2)),
          image,
          new long[] {geometry.strideHeight(), geometry.strideWidth()},
          new long[] {0, 0},
          new long[] {geometry.top(), geometry.left()},
          new long[] {bottom, right},
          then,
          false);
    }
  }

  /** What is cut off at the end of what the windows cover. */
  private static long after(
      long source, long stride, long kernel, long before, Shape image, int axis) {
    return (source - 1) * stride + kernel - before - image.size(axis);
  }

  /** (height, width, in, out) of the convolution: (out, in) of this. */
  private memory.desc kernel(memory.format_tag layout) {
    return Dnnl.desc(layout, kernel.size(2), kernel.size(3), kernel.size(0), kernel.size(1));
  }

  @Override
  public List<TensorSpec> scratch() {
    return layout.get().scratch();
  }

  @Override
  public Kernel bind(Binding b) {
    Kernel convolution =
        new Primitive.Builder(chain.label(), dnnl)
            .argument(DNNL_ARG_SRC, source, b.in(1))
            .argument(
                DNNL_ARG_WEIGHTS, layout.get().inside(), layout.get().array(b.in(0), b.scratch()))
            .argument(DNNL_ARG_BIAS, Dnnl.flat(b.in(2).length()), b.in(2))
            .argument(DNNL_ARG_DST, image, b.out())
            .hold(way.get())
            .build(new deconvolution_forward(way.get()));
    return layout.get().before(b.in(0), b.scratch(), convolution);
  }
}
