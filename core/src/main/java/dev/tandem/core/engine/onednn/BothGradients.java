package dev.tandem.core.engine.onednn;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.engine.kernel.Binding;
import dev.tandem.core.engine.kernel.HostKernelChoice;
import dev.tandem.core.engine.kernel.Kernel;
import dev.tandem.core.engine.kernel.Sequence;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;

/** From (image, kernel, gradient at a convolution's output) to those at image and kernel. */
final class BothGradients implements HostKernelChoice {

  private final ImageGradient atImage;
  private final KernelGradient atKernel;

  BothGradients(Dnnl dnnl, Geometry geometry) {
    this.atImage = new ImageGradient(dnnl, geometry);
    this.atKernel = new KernelGradient(dnnl, geometry);
  }

  @Override
  public List<TensorSpec> scratch() {
    return ImmutableList.<TensorSpec>builder()
        .addAll(atImage.scratch())
        .addAll(atKernel.scratch())
        .build();
  }

  @Override
  public Kernel bind(Binding b) {
    int first = atImage.scratch().size();
    var ofImage = b.scratch().subList(0, first);
    var ofKernel = b.scratch().subList(first, b.scratch().size());
    return Sequence.of(
        atImage.bind(b.in(1), b.in(2), b.out(0), ofImage),
        atKernel.bind(b.in(0), b.in(2), b.out(1), ofKernel));
  }
}
