package dev.tandem.core.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The product that every step of a recurrence takes, of dense matrices that stay in place. */
final class StepProduct {

  private StepProduct() {}

  /** out (rows, columns) = x (rows, size) · weights (size, columns). */
  static Primitive of(Dnnl dnnl, INDArray x, INDArray weights, INDArray out) {
    memory.desc first = desc(x);
    memory.desc second = desc(weights);
    memory.desc result = desc(out);
    var way =
        new matmul.primitive_desc(dnnl.engine(), first, second, result, dnnl.attributes(), false);
    return new Primitive.Builder("product of a step", dnnl)
        .argument(DNNL_ARG_SRC, first, x)
        .argument(DNNL_ARG_WEIGHTS, second, weights)
        .argument(DNNL_ARG_DST, result, out)
        .build(matmul::new, way);
  }

  private static memory.desc desc(INDArray matrix) {
    return Dnnl.desc(memory.format_tag.ab, matrix.size(0), matrix.size(1));
  }
}
