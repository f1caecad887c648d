package dev.tandem.core.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WORKSPACE;

import dev.tandem.core.engine.kernel.Binding;
import dev.tandem.core.engine.kernel.HostKernelChoice;
import dev.tandem.core.engine.kernel.Kernel;
import dev.tandem.core.engine.kernel.Sequence;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.image.AvgPool2D;
import dev.tandem.core.op.image.AvgPool2DGradient;
import dev.tandem.core.op.image.ConvGeometry;
import dev.tandem.core.op.image.MaxPool2D;
import dev.tandem.core.op.image.MaxPool2DGradient;
import dev.tandem.core.op.image.PoolWindow;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.pooling_backward;
import org.bytedeco.dnnl.pooling_forward;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Pooling in oneDNN's words.
 *
 * @param kind the largest or the mean of each window
 * @param window how it walks
 * @param image (batch, height, width, channels)
 */
record Pooling(Dnnl dnnl, algorithm kind, PoolWindow window, Shape image) {

  /** How a call runs, or null if it is no pooling. */
  static @Nullable HostKernelChoice of(Dnnl dnnl, OpCall call) {
    Shape first = call.inputs().get(0).shape();
    if (call.op() instanceof MaxPool2D op) {
      return new Pooling(dnnl, algorithm.pooling_max, op.window(), first).new Largest();
    } else if (call.op() instanceof AvgPool2D op) {
      return new Pooling(dnnl, mean(op.countPadding()), op.window(), first)::forward;
    } else if (call.op() instanceof AvgPool2DGradient op) {
      return new Pooling(dnnl, mean(op.countPadding()), op.window(), op.image())::meanGradient;
    } else if (call.op() instanceof MaxPool2DGradient op) {
      return new Pooling(dnnl, algorithm.pooling_max, op.window(), first).new LargestGradient();
    }
    return null;
  }

  private static algorithm mean(boolean countPadding) {
    return countPadding
        ? algorithm.pooling_avg_include_padding
        : algorithm.pooling_avg_exclude_padding;
  }

  private memory.desc imageDesc() {
    return Dnnl.image(image);
  }

  private memory.desc outputDesc() {
    return Dnnl.image(window.output(image));
  }

  private long[] strides() {
    return new long[] {window.geometry().strideHeight(), window.geometry().strideWidth()};
  }

  private long[] size() {
    return new long[] {window.height(), window.width()};
  }

  private long[] before() {
    ConvGeometry geometry = window.geometry();
    return new long[] {geometry.top(), geometry.left()};
  }

  private long[] after() {
    ConvGeometry geometry = window.geometry();
    return new long[] {geometry.bottom(), geometry.right()};
  }

  private pooling_forward.primitive_desc way(prop_kind use) {
    return new pooling_forward.primitive_desc(
        dnnl.engine(),
        use.value,
        kind.value,
        imageDesc(),
        outputDesc(),
        strides(),
        size(),
        new long[] {0, 0},
        before(),
        after(),
        dnnl.attributes(),
        false);
  }

  private pooling_backward.primitive_desc back(pooling_forward.primitive_desc hint) {
    return new pooling_backward.primitive_desc(
        dnnl.engine(),
        kind.value,
        imageDesc(),
        outputDesc(),
        strides(),
        size(),
        new long[] {0, 0},
        before(),
        after(),
        hint,
        dnnl.attributes(),
        false);
  }

  private Kernel forward(Binding b) {
    return forward(b.in(0), b.out());
  }

  private Kernel forward(INDArray from, INDArray to) {
    var way = way(prop_kind.forward_inference);
    return new Primitive.Builder(kind.name(), dnnl)
        .argument(DNNL_ARG_SRC, imageDesc(), from)
        .argument(DNNL_ARG_DST, outputDesc(), to)
        .build(pooling_forward::new, way);
  }

  private Kernel meanGradient(Binding b) {
    var hint = way(prop_kind.forward_training);
    var way = back(hint);
    return new Primitive.Builder(kind.name() + " gradient", dnnl)
        .argument(DNNL_ARG_DIFF_DST, outputDesc(), b.in(0))
        .argument(DNNL_ARG_DIFF_SRC, imageDesc(), b.out())
        .hold(hint)
        .build(pooling_backward::new, way);
  }

  /** The largest of each window; the primitive passes over NaN, and means bring it back. */
  private final class Largest implements HostKernelChoice {

    @Override
    public List<TensorSpec> scratch() {
      return List.of(
          new TensorSpec(image, DataType.FLOAT),
          new TensorSpec(window.output(image), DataType.FLOAT));
    }

    @Override
    public Kernel bind(Binding b) {
      Pooling means = new Pooling(dnnl, mean(true), window, image);
      Kernel marks =
          Sequence.of(
              NanMarks.bounded(dnnl, b.in(0), b.scratch(0)),
              means.forward(b.scratch(0), b.scratch(1)),
              NanMarks.added(dnnl, b, b.scratch(1), b.out()));
      return NanMarks.where(b.in(0), forward(b), marks);
    }
  }

  /** From (image, gradient): finds out again where the largest elements stand. */
  private final class LargestGradient implements HostKernelChoice {

    private final pooling_forward.primitive_desc hint = way(prop_kind.forward_training);
    private final memory.desc places = hint.workspace_desc();

    @Override
    public List<TensorSpec> scratch() {
      return List.of(
          new TensorSpec(window.output(image), DataType.FLOAT),
          new TensorSpec(Shape.of(places.get_size()), DataType.INT8));
    }

    @Override
    public Kernel bind(Binding b) {
      INDArray largest = b.scratch(0);
      INDArray where = b.scratch(1);
      Kernel find =
          new Primitive.Builder(kind.name(), dnnl)
              .argument(DNNL_ARG_SRC, imageDesc(), b.in(0))
              .argument(DNNL_ARG_DST, outputDesc(), largest)
              .argument(DNNL_ARG_WORKSPACE, places, where)
              .build(pooling_forward::new, hint);
      var way = back(hint);
      Kernel spread =
          new Primitive.Builder(kind.name() + " gradient", dnnl)
              .argument(DNNL_ARG_DIFF_DST, outputDesc(), b.in(1))
              .argument(DNNL_ARG_DIFF_SRC, imageDesc(), b.out())
              .argument(DNNL_ARG_WORKSPACE, places, where)
              .build(pooling_backward::new, way);
      return Sequence.of(find, spread);
    }
  }
}
