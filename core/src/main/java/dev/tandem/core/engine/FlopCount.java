package dev.tandem.core.engine;

import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;

/** The multiplications and additions that products and convolutions ask for by their shapes. */
final class FlopCount {

  private FlopCount() {}

  /**
   * The operations of a kernel; 0 for anything but products and convolutions, of which every
   * product is counted, those with padding's zeros too, and not what comes along with them.
   *
   * @param label as in listings: the op's name first
   */
  static double of(String label, List<TensorSpec> inputs, List<TensorSpec> outputs) {
    String op = label.split(" ", 2)[0];
    return switch (op) {
      case "matmul" -> product(inputs, outputs);
      case "conv2d" -> convolution(inputs.get(1), outputs.get(0));
      case "conv2d_input_gradient" -> convolution(inputs.get(0), inputs.get(1));
      case "conv2d_kernel_gradient" -> convolution(outputs.get(0), inputs.get(1));
      case "conv2d_gradients" -> 2 * convolution(inputs.get(1), inputs.get(2));
      default -> 0;
    };
  }

  /** (batch, n, k) and (batch, k, m) in any orientation. */
  private static double product(List<TensorSpec> inputs, List<TensorSpec> outputs) {
    Shape result = outputs.get(0).shape();
    double batch = result.rank() == 3 ? result.size(0) : 1;
    double sides = length(inputs.get(0)) / batch * (length(inputs.get(1)) / batch);
    double area = length(outputs.get(0)) / batch;
    return 2 * batch * area * Math.sqrt(sides / area);
  }

  private static double convolution(TensorSpec kernel, TensorSpec output) {
    return 2 * length(output) * length(kernel) / kernel.shape().size(3);
  }

  private static double length(TensorSpec spec) {
    return spec.shape().length();
  }
}
