package dev.tandem.core.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import dev.tandem.core.engine.kernel.Binding;
import dev.tandem.core.engine.kernel.HostKernelChoice;
import dev.tandem.core.engine.kernel.Kernel;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import org.bytedeco.dnnl.convolution_backward_data;
import org.nd4j.linalg.api.ndarray.INDArray;

/** From (kernel, gradient at a convolution's output) to that at its image. */
final class ImageGradient implements HostKernelChoice {

  private final Dnnl dnnl;
  private final Geometry geometry;
  private final KernelLayout<convolution_backward_data.primitive_desc> layout;

  ImageGradient(Dnnl dnnl, Geometry geometry) {
    this.dnnl = dnnl;
    this.geometry = geometry;
    this.layout =
        new KernelLayout<>(
            dnnl,
            geometry::kernelRead,
            () -> geometry.backwardData(dnnl),
            convolution_backward_data.primitive_desc::weights_desc);
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
  Kernel bind(INDArray kernel, INDArray g, INDArray image, List<INDArray> scratch) {
    Kernel convolution =
        new Primitive.Builder("convolution's input gradient", dnnl)
            .argument(DNNL_ARG_DIFF_DST, geometry.outputRead(), g)
            .argument(DNNL_ARG_WEIGHTS, layout.inside(), layout.array(kernel, scratch))
            .argument(DNNL_ARG_DIFF_SRC, geometry.imageMade(), image)
            .build(convolution_backward_data::new, layout.way());
    return layout.before(kernel, scratch, convolution);
  }
}
