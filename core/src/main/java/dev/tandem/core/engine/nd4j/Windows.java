package dev.tandem.core.engine.nd4j;

import com.google.common.primitives.Longs;
import dev.tandem.core.engine.kernel.Kernel;
import dev.tandem.core.op.image.ConvGeometry;
import dev.tandem.core.tensor.Shape;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** How native ops are told about windows that walk over images. */
final class Windows {

  private Windows() {}

  /** Whether the native ops lay these zeros: one number a side, or as SAME does. */
  static boolean areNative(ConvGeometry geometry, Shape image, long height, long width) {
    return geometry.isSymmetric() || geometry.isSame(image.size(1), image.size(2), height, width);
  }

  /**
   * A native op of windows.
   *
   * @param further the arguments behind those of the window
   */
  static Kernel run(
      String op,
      List<INDArray> inputs,
      List<INDArray> outputs,
      ConvGeometry geometry,
      long height,
      long width,
      long... further) {
    boolean symmetric = geometry.isSymmetric();
    long[] window = {
      height,
      width,
      geometry.strideHeight(),
      geometry.strideWidth(),
      symmetric ? geometry.top() : 0,
      symmetric ? geometry.left() : 0,
      geometry.dilationHeight(),
      geometry.dilationWidth(),
      symmetric ? 0 : 1
    };
    long[] arguments = Longs.concat(window, further);
    // oneDNN, the helper of these ops, refuses dilation
    boolean dilated = geometry.dilationHeight() > 1 || geometry.dilationWidth() > 1;
    return dilated
        ? Native.withoutHelpers(op, inputs, outputs, arguments)
        : Native.custom(op, inputs, outputs, arguments);
  }
}
