package dev.tandem.core.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;

import dev.tandem.core.engine.kernel.Binding;
import dev.tandem.core.engine.kernel.HostKernelChoice;
import dev.tandem.core.engine.kernel.Kernel;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.nd4j.linalg.api.ndarray.INDArray;

/** From (image, gradient at a convolution's output) to that at its kernel. */
final class KernelGradient implements HostKernelChoice {

  private final Dnnl dnnl;
  private final Geometry geometry;
  private final KernelLayout<convolution_backward_weights.primitive_desc> layout;

  KernelGradient(Dnnl dnnl, Geometry geometry) {
    this.dnnl = dnnl;
    this.geometry = geometry;
    this.layout =
        new KernelLayout<>(
            dnnl,
            geometry::kernelMade,
            () -> geometry.backwardWeights(dnnl),
            convolution_backward_weights.primitive_desc::diff_weights_desc);
  }

  @Override
  public List<TensorSpec> scratch() {
    return layout.scratch();
  }

  @Override
  public Kernel bind(Binding b) {
    return bind(b.in(0), b.in(1), b.out(), b.scratch());
  }

  /** Binds it to arrays, and to those of {@link #scratch}. */
  Kernel bind(INDArray image, INDArray g, INDArray kernel, List<INDArray> scratch) {
    Kernel convolution =
        new Primitive.Builder("convolution's kernel gradient", dnnl)
            .argument(DNNL_ARG_SRC, geometry.imageRead(), image)
            .argument(DNNL_ARG_DIFF_DST, geometry.outputRead(), g)
            .argument(DNNL_ARG_DIFF_WEIGHTS, layout.inside(), layout.array(kernel, scratch))
            .build(convolution_backward_weights::new, layout.way());
    return layout.after(convolution, kernel, scratch);
  }
}
