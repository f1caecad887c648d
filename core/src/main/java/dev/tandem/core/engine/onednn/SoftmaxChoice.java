package dev.tandem.core.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;

import dev.tandem.core.engine.kernel.Binding;
import dev.tandem.core.engine.kernel.Kernel;
import dev.tandem.core.engine.kernel.KernelChoice;
import dev.tandem.core.tensor.Shape;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.softmax_forward;

/**
 * The softmax along the last axis, or its logarithm.
 *
 * @param kind which of the two
 */
record SoftmaxChoice(Dnnl dnnl, algorithm kind) implements KernelChoice {

  @Override
  public boolean mayShare(int output, int input) {
    return true;
  }

  @Override
  public Kernel bind(Binding b) {
    memory.desc rows = Dnnl.rows(Shape.of(b.out().shape()));
    var way =
        new softmax_forward.primitive_desc(
            dnnl.engine(),
            prop_kind.forward_training.value,
            kind.value,
            rows,
            rows,
            1,
            dnnl.attributes(),
            false);
    return new Primitive.Builder(kind.name(), dnnl)
        .argument(DNNL_ARG_SRC, rows, b.in(0))
        .argument(DNNL_ARG_DST, rows, b.out())
        .build(softmax_forward::new, way);
  }
}
