package dev.tandem.core.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_FROM;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_TO;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import dev.tandem.core.engine.kernel.Binding;
import dev.tandem.core.engine.kernel.Kernel;
import dev.tandem.core.engine.kernel.KernelChoice;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_desc;
import org.bytedeco.dnnl.reorder;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One of the three convolutions. The kernel is brought into oneDNN's layout before, or its gradient
 * out of it after; both take far less than the convolution.
 */
final class ConvolutionChoice implements KernelChoice {

  /** Which of the three. */
  enum Kind {
    FORWARD,
    INPUT_GRADIENT,
    KERNEL_GRADIENT
  }

  private final Dnnl dnnl;
  private final Kind kind;
  private final Geometry geometry;
  private primitive_desc made;

  ConvolutionChoice(Dnnl dnnl, Kind kind, Geometry geometry) {
    this.dnnl = dnnl;
    this.kind = kind;
    this.geometry = geometry;
  }

  private primitive_desc desc() {
    if (made == null) {
      made =
          switch (kind) {
            case FORWARD -> geometry.forward(dnnl);
            case INPUT_GRADIENT -> geometry.backwardData(dnnl);
            case KERNEL_GRADIENT -> geometry.backwardWeights(dnnl);
          };
    }
    return made;
  }

  private memory.desc kernelLayout() {
    return kind == Kind.KERNEL_GRADIENT ? desc().diff_weights_desc() : desc().weights_desc();
  }

  /** The kernel in oneDNN's layout, unless that is (height, width, in, out). */
  @Override
  public List<TensorSpec> scratch() {
    memory.desc layout = kernelLayout();
    return layout.equals(geometry.kernelDesc())
        ? List.of()
        : List.of(TensorSpec.of(layout.get_size() / Float.BYTES));
  }

  @Override
  public Kernel bind(Binding binding) {
    return switch (kind) {
      case FORWARD -> forward(binding);
      case INPUT_GRADIENT -> inputGradient(binding);
      case KERNEL_GRADIENT -> kernelGradient(binding);
    };
  }

  private Kernel forward(Binding b) {
    INDArray kernel = b.scratch().isEmpty() ? b.in(1) : b.scratch(0);
    Kernel convolution =
        new Primitive.Builder("convolution", dnnl)
            .argument(DNNL_ARG_SRC, geometry.imageDesc(), b.in(0))
            .argument(DNNL_ARG_WEIGHTS, kernelLayout(), kernel)
            .argument(DNNL_ARG_DST, geometry.outputDesc(), b.out())
            .hold(desc())
            .build(new convolution_forward((convolution_forward.primitive_desc) desc()));
    return after(b, b.in(1), convolution);
  }

  private Kernel inputGradient(Binding b) {
    INDArray kernel = b.scratch().isEmpty() ? b.in(0) : b.scratch(0);
    Kernel convolution =
        new Primitive.Builder("convolution's input gradient", dnnl)
            .argument(DNNL_ARG_DIFF_DST, geometry.outputDesc(), b.in(1))
            .argument(DNNL_ARG_WEIGHTS, kernelLayout(), kernel)
            .argument(DNNL_ARG_DIFF_SRC, geometry.imageDesc(), b.out())
            .hold(desc())
            .build(
                new convolution_backward_data((convolution_backward_data.primitive_desc) desc()));
    return after(b, b.in(0), convolution);
  }

  private Kernel kernelGradient(Binding b) {
    INDArray kernel = b.scratch().isEmpty() ? b.out() : b.scratch(0);
    Kernel convolution =
        new Primitive.Builder("convolution's kernel gradient", dnnl)
            .argument(DNNL_ARG_SRC, geometry.imageDesc(), b.in(0))
            .argument(DNNL_ARG_DIFF_DST, geometry.outputDesc(), b.in(1))
            .argument(DNNL_ARG_DIFF_WEIGHTS, kernelLayout(), kernel)
            .hold(desc())
            .build(
                new convolution_backward_weights(
                    (convolution_backward_weights.primitive_desc) desc()));
    if (b.scratch().isEmpty()) {
      return convolution;
    }
    return new Serial(
        List.of(convolution, move(kernelLayout(), kernel, geometry.kernelDesc(), b.out())));
  }

  private Kernel after(Binding b, INDArray kernel, Kernel convolution) {
    if (b.scratch().isEmpty()) {
      return convolution;
    }
    return new Serial(
        List.of(move(geometry.kernelDesc(), kernel, kernelLayout(), b.scratch(0)), convolution));
  }

  private Kernel move(memory.desc from, INDArray source, memory.desc to, INDArray target) {
    reorder.primitive_desc way = new reorder.primitive_desc(dnnl.engine(), from, dnnl.engine(), to);
    primitive reorder = new reorder(way);
    return new Primitive.Builder("reorder", dnnl)
        .argument(DNNL_ARG_FROM, from, source)
        .argument(DNNL_ARG_TO, to, target)
        .hold(way)
        .build(reorder);
  }
}
