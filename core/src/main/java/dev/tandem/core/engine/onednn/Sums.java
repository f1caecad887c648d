package dev.tandem.core.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import dev.tandem.core.engine.kernel.HostKernelChoice;
import dev.tandem.core.engine.kernel.ReducedAxes;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Sum;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Sums over the first axes, over the last or over all, as products with ones. */
final class Sums {

  private Sums() {}

  static @Nullable HostKernelChoice of(Dnnl dnnl, OpCall call, Sum op) {
    ReducedAxes axes = ReducedAxes.of(call.inputs().get(0).shape(), op.axes());
    if (!axes.adjacent() || axes.outer() != 1 && axes.inner() != 1 || axes.reduced() == 1) {
      return null;
    }
    boolean rows = axes.outer() == 1;
    return b -> {
      INDArray ones = b.constants().filled(1, b.out().dataType(), axes.reduced());
      memory.desc first = Dnnl.desc(memory.format_tag.ab, axes.outer(), axes.reduced());
      memory.desc second = Dnnl.desc(memory.format_tag.ab, axes.reduced(), axes.inner());
      memory.desc result = Dnnl.desc(memory.format_tag.ab, axes.outer(), axes.inner());
      var way =
          new matmul.primitive_desc(dnnl.engine(), first, second, result, dnnl.attributes(), false);
      return new Primitive.Builder("sum", dnnl)
          .argument(DNNL_ARG_SRC, first, rows ? ones : b.in(0))
          .argument(DNNL_ARG_WEIGHTS, second, rows ? b.in(0) : ones)
          .argument(DNNL_ARG_DST, result, b.out())
          .build(matmul::new, way);
    };
  }
}
