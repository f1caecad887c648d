package dev.tandem.core.op.image;

import dev.tandem.core.tensor.Shape;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ops.impl.layers.convolution.Pooling2D.Divisor;
import org.nd4j.linalg.api.ops.impl.layers.convolution.Pooling2D.Pooling2DType;
import org.nd4j.linalg.api.ops.impl.layers.convolution.Pooling2DDerivative;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Pooling2DConfig;

/** Pooling in SameDiff's words; see {@link Convolutions} about padding. */
final class Pooling {

  private Pooling() {}

  static Pooling2DConfig config(PoolWindow window, Pooling2DType type, boolean countPadding) {
    ConvGeometry geometry = window.geometry();
    boolean symmetric = geometry.isSymmetric();
    return Pooling2DConfig.builder()
        .type(type)
        .kH(window.height())
        .kW(window.width())
        .sH(geometry.strideHeight())
        .sW(geometry.strideWidth())
        .pH(symmetric ? geometry.top() : 0)
        .pW(symmetric ? geometry.left() : 0)
        .paddingMode(symmetric ? PaddingMode.VALID : PaddingMode.SAME)
        // the op reads one of them, its derivative the other
        .extra(countPadding ? 1 : 0)
        .divisor(countPadding ? Divisor.INCLUDE_PADDING : Divisor.EXCLUDE_PADDING)
        .isNHWC(true)
        .build();
  }

  static boolean padsItself(PoolWindow window, Shape image) {
    return Convolutions.padsItself(window.geometry(), image, window.kernel());
  }

  static SDVariable gradient(SameDiff sd, SDVariable x, SDVariable g, Pooling2DConfig config) {
    return new Pooling2DDerivative(sd, new SDVariable[] {x, g}, config).outputVariable();
  }
}
