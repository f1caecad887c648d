package dev.tandem.core.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_0;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;

import dev.tandem.core.engine.kernel.Binding;
import dev.tandem.core.engine.kernel.HostKernelChoice;
import dev.tandem.core.engine.kernel.Kernel;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.eltwise_backward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Elementwise functions and their gradients. */
final class Activation {

  private Activation() {}

  private static memory.desc flat(Binding b) {
    return Dnnl.flat(b.out().length());
  }

  private static eltwise_forward.primitive_desc forward(
      Dnnl dnnl, algorithm function, memory.desc desc, double alpha) {
    return new eltwise_forward.primitive_desc(
        dnnl.engine(),
        prop_kind.forward_training.value,
        function.value,
        desc,
        desc,
        (float) alpha,
        0f,
        dnnl.attributes(),
        false);
  }

  /** A function of the first input, also in its place. */
  static HostKernelChoice of(Dnnl dnnl, Eltwise function) {
    return function.isRelu() ? relu(dnnl) : elementwise(dnnl, function);
  }

  /** x times whether it is above 0: NaN for NaN, and for minus infinity. */
  private static HostKernelChoice relu(Dnnl dnnl) {
    return new InPlace() {
      @Override
      public Kernel bind(Binding b) {
        memory.desc desc = flat(b);
        memory.desc one = Dnnl.flat(1);
        primitive_attr times = Dnnl.newAttributes();
        try (post_ops after = new post_ops()) {
          after.append_binary(algorithm.binary_mul.value, desc);
          times.set_post_ops(after);
        }
        var way =
            new binary.primitive_desc(
                dnnl.engine(), algorithm.binary_gt.value, desc, one, desc, times, false);
        INDArray zero = b.constants().filled(0, DataType.FLOAT, 1);
        return new Primitive.Builder("relu", dnnl)
            .argument(DNNL_ARG_SRC_0, desc, b.in(0))
            .argument(DNNL_ARG_SRC_1, one, zero)
            .argument(DNNL_ARG_DST, desc, b.out())
            .argument(DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE | DNNL_ARG_SRC_1, desc, b.in(0))
            .hold(times)
            .build(binary::new, way);
      }
    };
  }

  private static HostKernelChoice elementwise(Dnnl dnnl, Eltwise function) {
    return new InPlace() {
      @Override
      public Kernel bind(Binding b) {
        memory.desc desc = flat(b);
        var way = forward(dnnl, function.kind(), desc, function.alpha());
        return new Primitive.Builder(function.name(), dnnl)
            .argument(DNNL_ARG_SRC, desc, b.in(0))
            .argument(DNNL_ARG_DST, desc, b.out())
            .build(eltwise_forward::new, way);
      }
    };
  }

  /**
   * A gradient from (gradient at the output, and the input or the output of the function), also in
   * place of the former.
   *
   * @param fromOutput whether the second input is the function's output
   */
  static HostKernelChoice gradient(
      Dnnl dnnl, algorithm function, double alpha, boolean fromOutput) {
    return new InPlace() {
      @Override
      public Kernel bind(Binding b) {
        memory.desc desc = flat(b);
        var hint = forward(dnnl, function, desc, alpha);
        var way =
            new eltwise_backward.primitive_desc(
                dnnl.engine(),
                function.value,
                desc,
                desc,
                desc,
                (float) alpha,
                0f,
                hint,
                dnnl.attributes(),
                false);
        return new Primitive.Builder(function.name() + " gradient", dnnl)
            .argument(fromOutput ? DNNL_ARG_DST : DNNL_ARG_SRC, desc, b.in(1))
            .argument(DNNL_ARG_DIFF_DST, desc, b.in(0))
            .argument(DNNL_ARG_DIFF_SRC, desc, b.out())
            .hold(hint)
            .build(eltwise_backward::new, way);
      }
    };
  }

  /** A choice whose first output may lie in its first input. */
  abstract static class InPlace implements HostKernelChoice {

    @Override
    public boolean mayShare(int output, int input) {
      return output == 0 && input == 0;
    }
  }
}
