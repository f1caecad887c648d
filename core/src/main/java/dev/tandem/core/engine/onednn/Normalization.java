package dev.tandem.core.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SCALE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SHIFT;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_MEAN;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCALE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SHIFT;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_VARIANCE;

import dev.tandem.core.engine.kernel.HostKernelChoice;
import dev.tandem.core.tensor.Shape;
import org.bytedeco.dnnl.batch_normalization_backward;
import org.bytedeco.dnnl.batch_normalization_forward;
import org.bytedeco.dnnl.global.dnnl.normalization_flags;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;

/** Batch normalization with the batch's statistics, and its gradient. */
final class Normalization {

  private static final int FLAGS =
      normalization_flags.use_scale.value | normalization_flags.use_shift.value;

  private Normalization() {}

  /** Channels last as oneDNN likes it: (n, c, h, w) in nhwc order, everything else in one axis. */
  private static memory.desc channelsLast(Shape x) {
    long channels = x.size(-1);
    if (x.rank() == 4) {
      return Dnnl.image(x);
    }
    return Dnnl.desc(memory.format_tag.nhwc, x.length() / channels, channels, 1, 1);
  }

  private static batch_normalization_forward.primitive_desc way(
      Dnnl dnnl, memory.desc desc, double epsilon) {
    return new batch_normalization_forward.primitive_desc(
        dnnl.engine(),
        prop_kind.forward_training.value,
        desc,
        desc,
        (float) epsilon,
        FLAGS,
        dnnl.attributes(),
        false);
  }

  static HostKernelChoice forward(Dnnl dnnl, double epsilon) {
    return b -> {
      Shape shape = b.call().inputs().get(0).shape();
      memory.desc desc = channelsLast(shape);
      memory.desc channels = Dnnl.flat(shape.size(-1));
      var way = way(dnnl, desc, epsilon);
      return new Primitive.Builder("batch normalization", dnnl)
          .argument(DNNL_ARG_SRC, desc, b.in(0))
          .argument(DNNL_ARG_SCALE, channels, b.in(1))
          .argument(DNNL_ARG_SHIFT, channels, b.in(2))
          .argument(DNNL_ARG_DST, desc, b.out(0))
          .argument(DNNL_ARG_MEAN, channels, b.out(1))
          .argument(DNNL_ARG_VARIANCE, channels, b.out(2))
          .build(batch_normalization_forward::new, way);
    };
  }

  static HostKernelChoice backward(Dnnl dnnl, double epsilon) {
    return b -> {
      Shape shape = b.call().inputs().get(0).shape();
      memory.desc desc = channelsLast(shape);
      memory.desc channels = Dnnl.flat(shape.size(-1));
      var hint = way(dnnl, desc, epsilon);
      var way =
          new batch_normalization_backward.primitive_desc(
              dnnl.engine(),
              prop_kind.backward.value,
              desc,
              desc,
              desc,
              (float) epsilon,
              FLAGS,
              hint,
              dnnl.attributes(),
              false);
      return new Primitive.Builder("batch normalization gradient", dnnl)
          .argument(DNNL_ARG_SRC, desc, b.in(0))
          .argument(DNNL_ARG_SCALE, channels, b.in(1))
          .argument(DNNL_ARG_MEAN, channels, b.in(2))
          .argument(DNNL_ARG_VARIANCE, channels, b.in(3))
          .argument(DNNL_ARG_DIFF_DST, desc, b.in(4))
          .argument(DNNL_ARG_DIFF_SRC, desc, b.out(0))
          .argument(DNNL_ARG_DIFF_SCALE, channels, b.out(1))
          .argument(DNNL_ARG_DIFF_SHIFT, channels, b.out(2))
          .hold(hint)
          .build(batch_normalization_backward::new, way);
    };
  }
}
