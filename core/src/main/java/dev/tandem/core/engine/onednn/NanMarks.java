package dev.tandem.core.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_0;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import dev.tandem.core.backend.FiniteProbe;
import dev.tandem.core.engine.kernel.Binding;
import dev.tandem.core.engine.kernel.Kernel;
import dev.tandem.core.engine.kernel.Scratchpad;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Marks that bring NaN back where a primitive passes over it. */
final class NanMarks {

  private NanMarks() {}

  /**
   * A kernel, and marks behind it where there is something to mark.
   *
   * @param x what the kernel reads; it may write its result there
   */
  static Kernel where(INDArray x, Kernel kernel, Kernel marks) {
    return new Marked(FiniteProbe.of(x), kernel, marks);
  }

  private record Marked(FiniteProbe probe, Kernel kernel, Kernel marks) implements Kernel {

    @Override
    public void run() {
      boolean finite = probe.isFinite();
      kernel.run();
      if (!finite) {
        marks.run();
      }
    }

    @Override
    public void workIn(Scratchpad pad) {
      kernel.workIn(pad);
      marks.workIn(pad);
    }

    @Override
    public void close() {
      kernel.close();
      marks.close();
    }
  }

  /** 1 / (1 + x²): a number in [0, 1] for all but NaN. */
  static Kernel bounded(Dnnl dnnl, INDArray x, INDArray out) {
    memory.desc desc = Dnnl.flat(x.length());
    primitive_attr then = Dnnl.newAttributes();
    try (post_ops after = new post_ops()) {
      after.append_eltwise(algorithm.eltwise_linear.value, 1, 1);
      after.append_eltwise(algorithm.eltwise_pow.value, 1, -1);
      then.set_post_ops(after);
    }
    var way =
        new binary.primitive_desc(
            dnnl.engine(), algorithm.binary_mul.value, desc, desc, desc, then, false);
    return new Primitive.Builder("bounded", dnnl)
        .argument(DNNL_ARG_SRC_0, desc, x)
        .argument(DNNL_ARG_SRC_1, desc, x)
        .argument(DNNL_ARG_DST, desc, out)
        .hold(then)
        .build(binary::new, way);
  }

  /** Adds 0 times bounded numbers. */
  static Kernel added(Dnnl dnnl, Binding b, INDArray bounded, INDArray to) {
    memory.desc desc = Dnnl.flat(to.length());
    memory.desc one = Dnnl.flat(1);
    primitive_attr then = Dnnl.newAttributes();
    try (post_ops after = new post_ops()) {
      after.append_sum(1, 0, memory.data_type.undef);
      then.set_post_ops(after);
    }
    var way =
        new binary.primitive_desc(
            dnnl.engine(), algorithm.binary_mul.value, desc, one, desc, then, false);
    return new Primitive.Builder("marks", dnnl)
        .argument(DNNL_ARG_SRC_0, desc, bounded)
        .argument(DNNL_ARG_SRC_1, one, b.constants().filled(0, DataType.FLOAT, 1))
        .argument(DNNL_ARG_DST, desc, to)
        .hold(then)
        .build(binary::new, way);
  }

  /**
   * The sum of each row of bounded numbers, times 0.
   *
   * @param marks a number for each row
   */
  static Kernel ofRows(Dnnl dnnl, Binding b, INDArray bounded, INDArray marks) {
    long rows = marks.length();
    long columns = bounded.length() / rows;
    memory.desc first = Dnnl.desc(memory.format_tag.ab, rows, columns);
    memory.desc second = Dnnl.desc(memory.format_tag.ab, columns, 1);
    memory.desc result = Dnnl.desc(memory.format_tag.ab, rows, 1);
    var way =
        new matmul.primitive_desc(dnnl.engine(), first, second, result, dnnl.attributes(), false);
    return new Primitive.Builder("marks of rows", dnnl)
        .argument(DNNL_ARG_SRC, first, bounded)
        .argument(DNNL_ARG_WEIGHTS, second, b.constants().filled(0, DataType.FLOAT, columns))
        .argument(DNNL_ARG_DST, result, marks)
        .build(matmul::new, way);
  }

  /** Adds one number to each row, in place. */
  static Kernel addedToRows(Dnnl dnnl, INDArray marks, INDArray to) {
    memory.desc all = Dnnl.desc(memory.format_tag.ab, marks.length(), to.length() / marks.length());
    memory.desc one = Dnnl.desc(memory.format_tag.ab, marks.length(), 1);
    var way =
        new binary.primitive_desc(
            dnnl.engine(), algorithm.binary_add.value, all, one, all, dnnl.attributes(), false);
    return new Primitive.Builder("marked rows", dnnl)
        .argument(DNNL_ARG_SRC_0, all, to)
        .argument(DNNL_ARG_SRC_1, one, marks)
        .argument(DNNL_ARG_DST, all, to)
        .build(binary::new, way);
  }
}
