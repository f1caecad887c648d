package dev.tandem.examples.bench.systems;

import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.DeConv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Layers written in SameDiff's ops. Asked for a name again, also in another graph, they use the
 * same arrays.
 *
 * @param arrays the weights by name, filled as layers are written
 */
record SameDiffWeights(Map<String, INDArray> arrays) {

  private static final int KERNEL = 4;

  private SDVariable normal(SameDiff sd, String name, double deviation, long... shape) {
    return variable(sd, name, 0, deviation, shape);
  }

  private SDVariable constant(SameDiff sd, String name, double value, long... shape) {
    return variable(sd, name, value, 0, shape);
  }

  private SDVariable variable(
      SameDiff sd, String name, double mean, double deviation, long... shape) {
    if (sd.hasVariable(name)) {
      return sd.getVariable(name);
    }
    INDArray array =
        arrays.computeIfAbsent(
            name, n -> Nd4j.randn(DataType.FLOAT, shape).muli(deviation).addi(mean));
    return sd.var(name, array);
  }

  /** A dense layer. */
  SDVariable dense(SameDiff sd, String name, SDVariable x, int in, int out) {
    SDVariable w = normal(sd, name + "_w", Math.sqrt(2.0 / (in + out)), in, out);
    return x.mmul(w).add(constant(sd, name + "_b", 0, out));
  }

  /** A convolution with stride 2 and window 4, or stride 1 and another window. */
  SDVariable conv(SameDiff sd, String name, SDVariable x, int in, int out, int kernel, int stride) {
    double deviation = Math.sqrt(2.0 / (kernel * kernel * (in + out)));
    SDVariable w = normal(sd, name + "_w", deviation, kernel, kernel, in, out);
    Conv2DConfig config =
        Conv2DConfig.builder()
            .kH(kernel)
            .kW(kernel)
            .sH(stride)
            .sW(stride)
            .paddingMode(PaddingMode.SAME)
            .dataFormat("NHWC")
            .build();
    return sd.cnn().conv2d(x, w, constant(sd, name + "_b", 0, out), config);
  }

  /** A transposed convolution with stride 2. */
  SDVariable deconv(SameDiff sd, String name, SDVariable x, int in, int out) {
    double deviation = Math.sqrt(2.0 / (KERNEL * KERNEL * (in + out)));
    SDVariable w = normal(sd, name + "_w", deviation, KERNEL, KERNEL, out, in);
    DeConv2DConfig config =
        DeConv2DConfig.builder()
            .kH(KERNEL)
            .kW(KERNEL)
            .sH(2)
            .sW(2)
            .isSameMode(true)
            .dataFormat("NHWC")
            .build();
    return sd.cnn().deconv2d(x, w, constant(sd, name + "_b", 0, out), config);
  }

  /** Batch normalization, of simple ops: the gradients of SameDiff's own fail in training. */
  SDVariable norm(SameDiff sd, String name, SDVariable x, int channels) {
    SDVariable centered = x.sub(x.mean(true, 0, 1, 2));
    SDVariable variance = sd.math().square(centered).mean(true, 0, 1, 2);
    SDVariable normal = centered.div(sd.math().sqrt(variance.add(1e-5)));
    SDVariable gamma = constant(sd, name + "_gamma", 1, channels);
    return normal.mul(gamma).add(constant(sd, name + "_beta", 0, channels));
  }
}
