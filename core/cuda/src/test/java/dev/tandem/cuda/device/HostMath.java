package dev.tandem.cuda.device;

import dev.tandem.core.op.image.ConvGeometry;
import dev.tandem.core.tensor.Shape;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;

/** What a card's libraries compute, on the host: loops over float64, rounded at the end. */
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
    int batch = Math.toIntExact(p.batch());
    double[] a = read(p.dtype(), p.a(), p.batch() * rows * inner);
    double[] b = read(p.dtype(), p.b(), p.batch() * inner * columns);
    double[] bias = p.bias() == 0 ? new double[columns] : read(p.dtype(), p.bias(), columns);
    long length = p.batch() * rows * columns;
    double[] out = p.addend() == 0 ? new double[(int) length] : read(p.dtype(), p.addend(), length);
    for (int n = 0; n < batch; n++) {
      double[] right = p.transposeB() ? turned(b, n * inner * columns, columns, inner) : b;
      int rightBegin = p.transposeB() ? 0 : n * inner * columns;
      for (int row = 0; row < rows; row++) {
        int to = (n * rows + row) * columns;
        for (int i = 0; i < inner; i++) {
          int from = n * rows * inner + (p.transposeA() ? i * rows + row : row * inner + i);
          addScaled(out, to, right, rightBegin + i * columns, a[from], columns);
        }
        for (int column = 0; column < columns; column++) {
          double sum = out[to + column] + bias[column];
          out[to + column] = p.relu() && sum < 0 ? 0 : sum;
        }
      }
    }
    write(p.dtype(), p.out(), out);
  }

  /** The transpose of a stretch of (rows, columns). */
  private static double[] turned(double[] all, int begin, int rows, int columns) {
    double[] turned = new double[rows * columns];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        turned[column * rows + row] = all[begin + row * columns + column];
      }
    }
    return turned;
  }

  private static void addScaled(
      double[] to, int toBegin, double[] from, int fromBegin, double by, int length) {
    for (int i = 0; i < length; i++) {
      to[toBegin + i] += from[fromBegin + i] * by;
    }
  }

  private static void convolution(Command.Convolution c) {
    Shape kernelShape = c.kernelShape();
    int outs = (int) kernelShape.size(0);
    int taps = (int) (kernelShape.size(1) * kernelShape.size(2));
    int ins = (int) kernelShape.size(3);
    double[] image =
        c.kind() == Command.ConvolutionKind.IMAGE_GRADIENT
            ? new double[(int) c.imageShape().length()]
            : read(c.dtype(), c.image(), c.imageShape().length());
    double[] output =
        c.kind() == Command.ConvolutionKind.OUTPUT
            ? new double[(int) c.outputShape().length()]
            : read(c.dtype(), c.output(), c.outputShape().length());
    // (height, width, in, out), or (height, width, out, in) for the image's gradient
    boolean toImage = c.kind() == Command.ConvolutionKind.IMAGE_GRADIENT;
    double[] kernel = new double[(int) kernelShape.length()];
    if (c.kind() != Command.ConvolutionKind.KERNEL_GRADIENT) {
      double[] given = read(c.dtype(), c.kernel(), kernelShape.length());
      for (int i = 0; i < kernel.length; i++) {
        kernel[place(i, taps, ins, outs, toImage)] = given[i];
      }
    }
    walk(c, image, kernel, output);
    switch (c.kind()) {
      case OUTPUT -> write(c.dtype(), c.output(), output);
      case IMAGE_GRADIENT -> write(c.dtype(), c.image(), image);
      case KERNEL_GRADIENT -> {
        double[] gradient = new double[kernel.length];
        for (int i = 0; i < kernel.length; i++) {
          gradient[i] = kernel[place(i, taps, ins, outs, false)];
        }
        write(c.dtype(), c.kernel(), gradient);
      }
    }
  }

  /** Where an element of (out, taps, in) lies in (taps, in, out) or (taps, out, in). */
  private static int place(int i, int taps, int ins, int outs, boolean outsFirst) {
    int in = i % ins;
    int tap = i / ins % taps;
    int out = i / ins / taps;
    return outsFirst ? (tap * outs + out) * ins + in : (tap * ins + in) * outs + out;
  }

  private static void walk(
      Command.Convolution c, double[] image, double[] kernel, double[] output) {
    ConvGeometry by = c.geometry();
    int height = (int) c.imageShape().size(1);
    int width = (int) c.imageShape().size(2);
    int rows = (int) c.outputShape().size(1);
    int columns = (int) c.outputShape().size(2);
    for (int n = 0; n < c.imageShape().size(0); n++) {
      for (int row = 0; row < rows; row++) {
        for (int r = 0; r < c.kernelShape().size(1); r++) {
          int y = row * by.strideHeight() - by.top() + r * by.dilationHeight();
          for (int column = 0; y >= 0 && y < height && column < columns; column++) {
            for (int s = 0; s < c.kernelShape().size(2); s++) {
              int x = column * by.strideWidth() - by.left() + s * by.dilationWidth();
              if (x >= 0 && x < width) {
                int tap = r * (int) c.kernelShape().size(2) + s;
                int pixel = (n * height + y) * width + x;
                meet(c, image, pixel, kernel, tap, output, (n * rows + row) * columns + column);
              }
            }
          }
        }
      }
    }
  }

  /** What a pixel, a tap of the kernel and an output have to do with each other. */
  private static void meet(
      Command.Convolution c,
      double[] image,
      int pixel,
      double[] kernel,
      int tap,
      double[] output,
      int at) {
    int outs = (int) c.kernelShape().size(0);
    int ins = (int) c.kernelShape().size(3);
    switch (c.kind()) {
      case OUTPUT -> {
        for (int in = 0; in < ins; in++) {
          addScaled(
              output, at * outs, kernel, (tap * ins + in) * outs, image[pixel * ins + in], outs);
        }
      }
      case IMAGE_GRADIENT -> {
        for (int out = 0; out < outs; out++) {
          addScaled(
              image, pixel * ins, kernel, (tap * outs + out) * ins, output[at * outs + out], ins);
        }
      }
      case KERNEL_GRADIENT -> {
        for (int in = 0; in < ins; in++) {
          addScaled(
              kernel, (tap * ins + in) * outs, output, at * outs, image[pixel * ins + in], outs);
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

  private static double[] read(DataType dtype, long address, long length) {
    double[] values = new double[Math.toIntExact(length)];
    if (dtype == DataType.DOUBLE) {
      new DoublePointer(at(address)).get(values);
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
