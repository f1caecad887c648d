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
import org.bytedeco.dnnl.global.dnnl.normalization_flags;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.layer_normalization_backward;
import org.bytedeco.dnnl.layer_normalization_forward;
import org.bytedeco.dnnl.memory;

/** Layer normalization along the last axis, and its gradient. */
final class RowNormalization {

  private static final int FLAGS =
      normalization_flags.use_scale.value | normalization_flags.use_shift.value;

  private RowNormalization() {}

  private static layer_normalization_forward.primitive_desc way(
      Dnnl dnnl, memory.desc rows, memory.desc statistics, double epsilon) {
    return new layer_normalization_forward.primitive_desc(
        dnnl.engine(),
        prop_kind.forward_training.value,
        rows,
        rows,
        statistics,
        (float) epsilon,
        FLAGS,
        dnnl.attributes(),
        false);
  }

  static HostKernelChoice forward(Dnnl dnnl, double epsilon) {
    return b -> {
      Shape shape = b.call().inputs().get(0).shape();
      memory.desc rows = Dnnl.rows(shape);
      memory.desc statistics = Dnnl.flat(shape.length() / shape.size(-1));
      memory.desc columns = Dnnl.flat(shape.size(-1));
      var way = way(dnnl, rows, statistics, epsilon);
      return new Primitive.Builder("layer normalization", dnnl)
          .argument(DNNL_ARG_SRC, rows, b.in(0))
          .argument(DNNL_ARG_SCALE, columns, b.in(1))
          .argument(DNNL_ARG_SHIFT, columns, b.in(2))
          .argument(DNNL_ARG_DST, rows, b.out(0))
          .argument(DNNL_ARG_MEAN, statistics, b.out(1))
          .argument(DNNL_ARG_VARIANCE, statistics, b.out(2))
          .build(layer_normalization_forward::new, way);
    };
  }

  static HostKernelChoice backward(Dnnl dnnl, double epsilon) {
    return b -> {
      Shape shape = b.call().inputs().get(0).shape();
      memory.desc rows = Dnnl.rows(shape);
      memory.desc statistics = Dnnl.flat(shape.length() / shape.size(-1));
      memory.desc columns = Dnnl.flat(shape.size(-1));
      var hint = way(dnnl, rows, statistics, epsilon);
      var way =
          new layer_normalization_backward.primitive_desc(
              dnnl.engine(),
              prop_kind.backward.value,
              rows,
              rows,
              rows,
              statistics,
              (float) epsilon,
              FLAGS,
              hint,
              dnnl.attributes(),
              false);
      return new Primitive.Builder("layer normalization gradient", dnnl)
          .argument(DNNL_ARG_SRC, rows, b.in(0))
          .argument(DNNL_ARG_SCALE, columns, b.in(1))
          .argument(DNNL_ARG_MEAN, statistics, b.in(2))
          .argument(DNNL_ARG_VARIANCE, statistics, b.in(3))
          .argument(DNNL_ARG_DIFF_DST, rows, b.in(4))
          .argument(DNNL_ARG_DIFF_SRC, rows, b.out(0))
          .argument(DNNL_ARG_DIFF_SCALE, columns, b.out(1))
          .argument(DNNL_ARG_DIFF_SHIFT, columns, b.out(2))
          .hold(hint)
          .build(layer_normalization_backward::new, way);
    };
  }
}
