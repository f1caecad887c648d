package dev.tandem.core.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_FROM;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_TO;

import dev.tandem.core.engine.kernel.Kernel;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reorder;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Copies from one layout to another. */
final class Reorder {

  private Reorder() {}

  static Kernel of(Dnnl dnnl, memory.desc from, INDArray source, memory.desc to, INDArray target) {
    reorder.primitive_desc way =
        new reorder.primitive_desc(
            dnnl.engine(), from, dnnl.engine(), to, dnnl.attributes(), false);
    return new Primitive.Builder("reorder", dnnl)
        .argument(DNNL_ARG_FROM, from, source)
        .argument(DNNL_ARG_TO, to, target)
        .build(reorder::new, way);
  }
}
