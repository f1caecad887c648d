package dev.tandem.core.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import dev.tandem.core.engine.kernel.Binding;
import dev.tandem.core.engine.kernel.Kernel;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.image.Conv2DOp;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.primitive_attr;

/**
 * A convolution, with what {@link Chain} puts behind it. The kernel is brought into oneDNN's layout
 * before, which takes far less than the convolution.
 */
final class Convolution extends Chained {

  private final Geometry geometry;
  private final KernelLayout<convolution_forward.primitive_desc> layout;

  Convolution(Dnnl dnnl, Chain chain) {
    super(dnnl, chain);
    this.geometry = geometry(chain.head());
    this.layout =
        new KernelLayout<>(
            dnnl,
            geometry::kernelRead,
            this::way,
            convolution_forward.primitive_desc::weights_desc);
  }

  private convolution_forward.primitive_desc way() {
    try (primitive_attr then = chain.attributes()) {
      return chain.bias() == null ? geometry.forward(dnnl, then) : geometry.biased(dnnl, then);
    }
  }

  private static Geometry geometry(OpCall call) {
    Shape image = call.inputs().get(0).shape();
    Shape kernel = call.inputs().get(1).shape();
    Shape output = call.outputs().get(0).shape();
    return new Geometry(
        Dnnl.type(call.inputs().get(0).dtype()),
        ((Conv2DOp) call.op()).geometry(),
        image,
        kernel,
        output);
  }

  @Override
  public List<TensorSpec> scratch() {
    return layout.scratch();
  }

  @Override
  public Kernel bind(Binding b) {
    Primitive.Builder builder =
        new Primitive.Builder(chain.label(), dnnl)
            .argument(DNNL_ARG_SRC, geometry.imageRead(), b.in(0))
            .argument(DNNL_ARG_WEIGHTS, layout.inside(), layout.array(b.in(1), b.scratch()))
            .argument(DNNL_ARG_DST, geometry.outputMade(), b.out());
    if (chain.bias() != null) {
      builder.argument(DNNL_ARG_BIAS, geometry.biasDesc(), b.in(2));
    }
    chain.arguments(builder, b);
    return layout.before(
        b.in(1), b.scratch(), builder.build(convolution_forward::new, layout.way()));
  }
}
