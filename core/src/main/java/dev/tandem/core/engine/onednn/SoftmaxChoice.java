package dev.tandem.core.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;

import dev.tandem.core.engine.kernel.Binding;
import dev.tandem.core.engine.kernel.HostKernelChoice;
import dev.tandem.core.engine.kernel.Kernel;
import dev.tandem.core.engine.kernel.Sequence;
import dev.tandem.core.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.softmax_forward;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The softmax along the last axis, or its logarithm: all NaN for a row that holds NaN, of which the
 * primitive makes zeros and one NaN.
 *
 * @param kind which of the two
 * @param spec of the output
 */
record SoftmaxChoice(Dnnl dnnl, algorithm kind, TensorSpec spec) implements HostKernelChoice {

  @Override
  public boolean mayShare(int output, int input) {
    return true;
  }

  private long rows() {
    return spec.shape().length() / spec.shape().size(-1);
  }

  /** The logarithm may be infinite. */
  private boolean isBounded() {
    return kind != algorithm.softmax_log;
  }

  @Override
  public List<TensorSpec> scratch() {
    TensorSpec marks = TensorSpec.of(rows());
    return isBounded() ? List.of(marks) : List.of(marks, spec);
  }

  @Override
  public Kernel bind(Binding b) {
    INDArray marks = b.scratch(0);
    INDArray bounded = isBounded() ? b.out() : b.scratch(1);
    List<Kernel> marked = new ArrayList<>();
    if (!isBounded()) {
      marked.add(NanMarks.bounded(dnnl, b.out(), bounded));
    }
    marked.add(NanMarks.ofRows(dnnl, b, bounded, marks));
    marked.add(NanMarks.addedToRows(dnnl, marks, b.out()));
    return NanMarks.where(b.in(0), softmax(b), Sequence.of(marked));
  }

  private Kernel softmax(Binding b) {
    memory.desc rows = Dnnl.rows(spec.shape());
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
