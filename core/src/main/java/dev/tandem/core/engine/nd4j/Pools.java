package dev.tandem.core.engine.nd4j;

import dev.tandem.core.engine.kernel.HostKernelChoice;
import dev.tandem.core.engine.kernel.Kernel;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.image.AvgPool2D;
import dev.tandem.core.op.image.AvgPool2DGradient;
import dev.tandem.core.op.image.MaxPool2DGradient;
import dev.tandem.core.op.image.PoolWindow;
import dev.tandem.core.tensor.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Pooling and its gradients. */
final class Pools {

  private static final long NHWC = 1;

  private Pools() {}

  static @Nullable HostKernelChoice maxGradient(OpCall call) {
    PoolWindow window = ((MaxPool2DGradient) call.op()).window();
    return !isNative(window, call.inputs().get(0).shape())
        ? null
        : Choice.of(b -> run("maxpool2d_bp", b.inputs(), b.out(), window, false));
  }

  static @Nullable HostKernelChoice average(OpCall call) {
    AvgPool2D op = (AvgPool2D) call.op();
    return !isNative(op.window(), call.inputs().get(0).shape())
        ? null
        : Choice.of(b -> run("avgpool2d", b.inputs(), b.out(), op.window(), op.countPadding()));
  }

  /** The native op asks for the image, of which it reads the shape alone. */
  static @Nullable HostKernelChoice averageGradient(OpCall call) {
    AvgPool2DGradient op = (AvgPool2DGradient) call.op();
    return !isNative(op.window(), op.image())
        ? null
        : Choice.of(
                b ->
                    run(
                        "avgpool2d_bp",
                        List.of(b.scratch(0), b.in(0)),
                        b.out(),
                        op.window(),
                        op.countPadding()))
            .scratch(call.outputs().get(0).spec());
  }

  private static boolean isNative(PoolWindow window, Shape image) {
    return Windows.areNative(window.geometry(), image, window.height(), window.width());
  }

  private static Kernel run(
      String op, List<INDArray> inputs, INDArray out, PoolWindow window, boolean countPadding) {
    return Windows.run(
        op,
        inputs,
        List.of(out),
        window.geometry(),
        window.height(),
        window.width(),
        countPadding ? 1 : 0,
        NHWC);
  }
}
