package dev.tandem.core.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_0;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;

import dev.tandem.core.engine.kernel.Binding;
import dev.tandem.core.engine.kernel.HostKernelChoice;
import dev.tandem.core.engine.kernel.Kernel;
import dev.tandem.core.engine.kernel.Sequence;
import dev.tandem.core.op.update.AdamUpdate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A step of Adam as three elementwise primitives, each with a chain of operations behind it: one
 * for each moment and one for the weight, all in place.
 */
final class Adam implements HostKernelChoice {

  private final Dnnl dnnl;
  private final AdamUpdate op;

  Adam(Dnnl dnnl, AdamUpdate op) {
    this.dnnl = dnnl;
    this.op = op;
  }

  @Override
  public boolean mayShare(int output, int input) {
    return output == 0 && input == 0 || output == 1 && input == 2 || output == 2 && input == 3;
  }

  @Override
  public Kernel bind(Binding b) {
    memory.desc all = Dnnl.flat(b.out().length());
    memory.desc one = Dnnl.flat(1);
    List<Kernel> kernels = new ArrayList<>();
    move(b.in(0), b.out(0), all, kernels);
    move(b.in(2), b.out(1), all, kernels);
    move(b.in(3), b.out(2), all, kernels);
    INDArray g = b.in(1);
    INDArray share = b.constants().filled(1 - op.beta1(), g.dataType(), 1);
    INDArray zero = b.constants().filled(0, g.dataType(), 1);
    // m' = (1 - beta1) · g + beta1 · m
    primitive_attr mean = chain(after -> sum(after, op.beta1()));
    kernels.add(
        builder("adam's mean", g, all, share, one, b.out(1))
            .hold(mean)
            .build(binary::new, way(algorithm.binary_mul, all, one, mean)));
    // v' = (1 - beta2) · g · g + beta2 · v
    primitive_attr square =
        chain(
            after -> {
              eltwise(after, algorithm.eltwise_linear, 1 - op.beta2(), 0);
              sum(after, op.beta2());
            });
    kernels.add(
        builder("adam's mean square", g, all, g, all, b.out(2))
            .hold(square)
            .build(binary::new, way(algorithm.binary_mul, all, all, square)));
    // w' = -alpha · m' / (√(v' + 0) + epsilon) + w
    primitive_attr step =
        chain(
            after -> {
              eltwise(after, algorithm.eltwise_sqrt, 0, 0);
              eltwise(after, algorithm.eltwise_linear, 1, op.epsilon());
              eltwise(after, algorithm.eltwise_pow, -1, -1);
              after.append_binary(algorithm.binary_mul.value, one);
              after.append_binary(algorithm.binary_mul.value, all);
              sum(after, 1);
            });
    kernels.add(
        builder("adam's step", b.out(2), all, zero, one, b.out(0))
            .argument(operand(3), one, b.in(4))
            .argument(operand(4), all, b.out(1))
            .hold(step)
            .build(binary::new, way(algorithm.binary_add, all, one, step)));
    return Sequence.of(kernels);
  }

  /** The second operand of an operation in a chain. */
  private static int operand(int place) {
    return DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE * (place + 1) | DNNL_ARG_SRC_1;
  }

  private void move(INDArray from, INDArray to, memory.desc all, List<Kernel> kernels) {
    if (from.data().address() != to.data().address()) {
      kernels.add(Reorder.of(dnnl, all, from, all, to));
    }
  }

  private static primitive_attr chain(Consumer<post_ops> operations) {
    primitive_attr attributes = Dnnl.newAttributes();
    try (post_ops after = new post_ops()) {
      operations.accept(after);
      attributes.set_post_ops(after);
    }
    return attributes;
  }

  private static void eltwise(post_ops after, algorithm function, double alpha, double beta) {
    after.append_eltwise(function.value, (float) alpha, (float) beta);
  }

  private static void sum(post_ops after, double factor) {
    after.append_sum((float) factor, 0, memory.data_type.undef);
  }

  private Primitive.Builder builder(
      String name,
      INDArray first,
      memory.desc ofFirst,
      INDArray second,
      memory.desc ofSecond,
      INDArray out) {
    return new Primitive.Builder(name, dnnl)
        .argument(DNNL_ARG_SRC_0, ofFirst, first)
        .argument(DNNL_ARG_SRC_1, ofSecond, second)
        .argument(DNNL_ARG_DST, ofFirst, out);
  }

  private binary.primitive_desc way(
      algorithm operation, memory.desc first, memory.desc second, primitive_attr then) {
    return new binary.primitive_desc(
        dnnl.engine(), operation.value, first, second, first, then, false);
  }
}
