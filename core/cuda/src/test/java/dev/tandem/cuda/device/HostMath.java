package dev.tandem.cuda.device;

import dev.tandem.core.op.Precision;
import dev.tandem.core.op.image.ConvGeometry;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.Workspaces;
import java.util.Arrays;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.ShortPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What a card's libraries compute, on the host: matrix products of float64 by ND4J, rounded at the
 * end; convolutions are products of their windows. TF32 is float32 rounded to 10 bits after the
 * point, to the nearest and away from zero in the middle, as PTX's cvt.rna does; what libraries do
 * in the middle is not told.
 */
final class HostMath {

  private HostMath() {}

  static void run(Command command) {
    if (command instanceof Command.Product product) {
      product(product);
    } else if (command instanceof Command.Convolution convolution) {
      convolution(convolution);
    } else {
      throw new UnsupportedOperationException(command.toString());
    }
  }

  private static void product(Command.Product p) {
    int rows = Math.toIntExact(p.rows());
    int inner = Math.toIntExact(p.inner());
    int columns = Math.toIntExact(p.columns());
    double[] a = operand(p.operands(), p.precision(), p.a(), p.batch() * rows * inner);
    double[] b = operand(p.operands(), p.precision(), p.b(), p.batch() * inner * columns);
    double[] bias = p.bias() == 0 ? new double[columns] : read(p.dtype(), p.bias(), columns);
    long length = p.batch() * rows * columns;
    double[] out = p.addend() == 0 ? new double[(int) length] : read(p.dtype(), p.addend(), length);
    for (int n = 0; n < p.batch(); n++) {
      double[] first = Arrays.copyOfRange(a, n * rows * inner, (n + 1) * rows * inner);
      double[] second = Arrays.copyOfRange(b, n * inner * columns, (n + 1) * inner * columns);
      double[] one = product(first, rows, p.transposeA(), second, columns, p.transposeB(), inner);
      for (int i = 0; i < one.length; i++) {
        int at = n * rows * columns + i;
        double sum = out[at] + one[i] + bias[i % columns];
        out[at] = p.relu() && sum < 0 ? 0 : sum;
      }
    }
    write(p.dtype(), p.out(), out);
  }

  /** The product of two matrices in 'c' order, each as it is or turned. */
  private static double[] product(
      double[] a, int rows, boolean turnA, double[] b, int columns, boolean turnB, int inner) {
    if (rows == 0 || columns == 0 || inner == 0) {
      return new double[rows * columns];
    }
    return Workspaces.outside(
        () -> {
          INDArray first = matrix(a, turnA ? inner : rows, turnA ? rows : inner);
          INDArray second = matrix(b, turnB ? columns : inner, turnB ? inner : columns);
          INDArray out =
              (turnA ? first.transpose() : first).mmul(turnB ? second.transpose() : second);
          return out.dup('c').data().asDouble();
        });
  }

  private static INDArray matrix(double[] values, int rows, int columns) {
    return Nd4j.createFromArray(values).reshape(rows, columns);
  }

  private static void convolution(Command.Convolution c) {
    Shape kernelShape = c.kernelShape();
    int outs = (int) kernelShape.size(0);
    int weights = (int) (kernelShape.length() / outs);
    int pixels = (int) (c.outputShape().length() / outs);
    switch (c.kind()) {
      case OUTPUT -> {
        double[] windows = windows(c);
        double[] kernel = operand(c.dtype(), c.precision(), c.kernel(), kernelShape.length());
        double[] output = product(windows, pixels, false, kernel, outs, true, weights);
        write(c.dtype(), c.output(), output);
      }
      case IMAGE_GRADIENT -> {
        double[] kernel = operand(c.dtype(), c.precision(), c.kernel(), kernelShape.length());
        double[] output = operand(c.dtype(), c.precision(), c.output(), c.outputShape().length());
        double[] windows = product(output, pixels, false, kernel, weights, false, outs);
        double[] image = new double[(int) c.imageShape().length()];
        walk(c, image, windows, false);
        write(c.dtype(), c.image(), image);
      }
      case KERNEL_GRADIENT -> {
        double[] output = operand(c.dtype(), c.precision(), c.output(), c.outputShape().length());
        double[] kernel = product(output, outs, true, windows(c), weights, false, pixels);
        write(c.dtype(), c.kernel(), kernel);
      }
    }
  }

  /** What the kernel lies on for each output: (batch · rows · columns, height · width · in). */
  private static double[] windows(Command.Convolution c) {
    Shape kernel = c.kernelShape();
    long weights = kernel.length() / kernel.size(0);
    double[] windows = new double[(int) (c.outputShape().length() / kernel.size(0) * weights)];
    walk(c, operand(c.dtype(), c.precision(), c.image(), c.imageShape().length()), windows, true);
    return windows;
  }

  /** Takes pixels into windows, or adds windows to their pixels. */
  private static void walk(
      Command.Convolution c, double[] image, double[] windows, boolean intoWindows) {
    ConvGeometry by = c.geometry();
    int height = (int) c.imageShape().size(1);
    int width = (int) c.imageShape().size(2);
    int ins = (int) c.imageShape().size(3);
    int rows = (int) c.outputShape().size(1);
    int columns = (int) c.outputShape().size(2);
    int at = 0;
    for (int pixel = 0; pixel < c.imageShape().size(0) * rows * columns; pixel++) {
      int n = pixel / (rows * columns);
      for (int r = 0; r < c.kernelShape().size(1); r++) {
        int y = pixel / columns % rows * by.strideHeight() - by.top() + r * by.dilationHeight();
        for (int s = 0; s < c.kernelShape().size(2); s++, at += ins) {
          int x = pixel % columns * by.strideWidth() - by.left() + s * by.dilationWidth();
          if (y < 0 || y >= height || x < 0 || x >= width) {
            continue;
          }
          int from = ((n * height + y) * width + x) * ins;
          if (intoWindows) {
            System.arraycopy(image, from, windows, at, ins);
          } else {
            for (int i = 0; i < ins; i++) {
              image[from + i] += windows[at + i];
            }
          }
        }
      }
    }
  }

  private static BytePointer at(long where) {
    return new BytePointer() {
      {
        this.address = where;
      }
    };
  }

  private static double[] operand(DataType dtype, Precision precision, long address, long length) {
    double[] values = read(dtype, address, length);
    if (precision == Precision.TF32) {
      for (int i = 0; i < values.length; i++) {
        values[i] = tf32((float) values[i]);
      }
    }
    return values;
  }

  /** 19 of a number's 32 bits. */
  static float tf32(float number) {
    int bits = Float.floatToRawIntBits(number);
    return Float.isNaN(number) ? number : Float.intBitsToFloat(bits + 0x1000 & ~0x1fff);
  }

  private static double[] read(DataType dtype, long address, long length) {
    double[] values = new double[Math.toIntExact(length)];
    if (dtype == DataType.DOUBLE) {
      new DoublePointer(at(address)).get(values);
      return values;
    }
    if (dtype == DataType.BFLOAT16) {
      short[] halves = new short[values.length];
      new ShortPointer(at(address)).get(halves);
      for (int i = 0; i < halves.length; i++) {
        values[i] = Float.intBitsToFloat(halves[i] << 16);
      }
      return values;
    }
    float[] floats = new float[values.length];
    new FloatPointer(at(address)).get(floats);
    for (int i = 0; i < floats.length; i++) {
      values[i] = floats[i];
    }
    return values;
  }

  private static void write(DataType dtype, long address, double[] values) {
    if (dtype == DataType.DOUBLE) {
      new DoublePointer(at(address)).put(values);
      return;
    }
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    new FloatPointer(at(address)).put(floats);
  }
}
