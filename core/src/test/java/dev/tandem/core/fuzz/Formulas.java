package dev.tandem.core.fuzz;

import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;

/** What layers compute, written down as their definitions read: loops over every index. */
final class Formulas {

  private Formulas() {}

  /** How an image axis is covered by a window. */
  record Axis(int in, int window, int stride, boolean same) {

    int out() {
      return same ? (in + stride - 1) / stride : (in - window) / stride + 1;
    }

    int before() {
      return same ? Math.max((out() - 1) * stride + window - in, 0) / 2 : 0;
    }
  }

  /** (batch, …, in) · (in, out) + bias. */
  static Grid dense(Grid x, Grid kernel, Grid bias) {
    int in = kernel.size(0);
    int out = kernel.size(1);
    int rows = x.at().length / in;
    Grid y = Grid.zeros(rows, out);
    for (int r = 0; r < rows; r++) {
      for (int o = 0; o < out; o++) {
        double sum = bias == null ? 0 : bias.at()[o];
        for (int i = 0; i < in; i++) {
          sum += x.at()[r * in + i] * kernel.at()[i * out + o];
        }
        y.at()[r * out + o] = sum;
      }
    }
    return y;
  }

  /** Cross-correlation; kernel (height, width, in, out), or (height, width, in, m) by depth. */
  static Grid convolution(Grid x, Grid kernel, Grid bias, int stride, boolean same, boolean depth) {
    Axis rows = new Axis(x.size(1), kernel.size(0), stride, same);
    Axis columns = new Axis(x.size(2), kernel.size(1), stride, same);
    int in = x.size(3);
    int last = kernel.size(3);
    int out = depth ? in * last : last;
    Grid y = Grid.zeros(x.size(0), rows.out(), columns.out(), out);
    int place = 0;
    for (int b = 0; b < x.size(0); b++) {
      for (int r = 0; r < rows.out(); r++) {
        for (int c = 0; c < columns.out(); c++) {
          for (int o = 0; o < out; o++) {
            double sum = bias == null ? 0 : bias.at()[o];
            for (int kr = 0; kr < kernel.size(0); kr++) {
              for (int kc = 0; kc < kernel.size(1); kc++) {
                int xr = r * stride + kr - rows.before();
                int xc = c * stride + kc - columns.before();
                if (xr < 0 || xc < 0 || xr >= x.size(1) || xc >= x.size(2)) {
                  continue;
                }
                for (int i = depth ? o / last : 0; i < (depth ? o / last + 1 : in); i++) {
                  int k = ((kr * kernel.size(1) + kc) * in + i) * last + (depth ? o % last : o);
                  sum += x.at()[at(x, b, xr, xc, i)] * kernel.at()[k];
                }
              }
            }
            y.at()[place++] = sum;
          }
        }
      }
    }
    return y;
  }

  /** The transpose of a convolution; kernel (height, width, out, in). */
  static Grid transposed(Grid x, Grid kernel, Grid bias, int stride, boolean same) {
    int out = kernel.size(2);
    int in = kernel.size(3);
    int height = grown(x.size(1), kernel.size(0), stride, same);
    int width = grown(x.size(2), kernel.size(1), stride, same);
    Axis rows = new Axis(height, kernel.size(0), stride, same);
    Axis columns = new Axis(width, kernel.size(1), stride, same);
    Grid y = Grid.zeros(x.size(0), height, width, out);
    for (int i = 0; bias != null && i < y.at().length; i++) {
      y.at()[i] = bias.at()[i % out];
    }
    for (int b = 0; b < x.size(0); b++) {
      for (int r = 0; r < x.size(1); r++) {
        for (int c = 0; c < x.size(2); c++) {
          for (int kr = 0; kr < kernel.size(0); kr++) {
            for (int kc = 0; kc < kernel.size(1); kc++) {
              int yr = r * stride + kr - rows.before();
              int yc = c * stride + kc - columns.before();
              if (yr < 0 || yc < 0 || yr >= height || yc >= width) {
                continue;
              }
              for (int o = 0; o < out; o++) {
                double sum = 0;
                for (int i = 0; i < in; i++) {
                  int k = ((kr * kernel.size(1) + kc) * out + o) * in + i;
                  sum += x.at()[at(x, b, r, c, i)] * kernel.at()[k];
                }
                y.at()[at(y, b, yr, yc, o)] += sum;
              }
            }
          }
        }
      }
    }
    return y;
  }

  private static int grown(int size, int window, int stride, boolean same) {
    return same ? size * stride : size * stride + Math.max(window - stride, 0);
  }

  /** The largest, or the mean, of what of each window lies in the image. */
  static Grid pooled(Grid x, int window, int stride, boolean same, boolean largest) {
    Axis rows = new Axis(x.size(1), window, stride, same);
    Axis columns = new Axis(x.size(2), window, stride, same);
    Grid y = Grid.zeros(x.size(0), rows.out(), columns.out(), x.size(3));
    int place = 0;
    for (int b = 0; b < x.size(0); b++) {
      for (int r = 0; r < rows.out(); r++) {
        for (int c = 0; c < columns.out(); c++) {
          for (int i = 0; i < x.size(3); i++) {
            double best = Double.NEGATIVE_INFINITY;
            double sum = 0;
            int count = 0;
            for (int kr = 0; kr < window; kr++) {
              for (int kc = 0; kc < window; kc++) {
                int xr = r * stride + kr - rows.before();
                int xc = c * stride + kc - columns.before();
                if (xr >= 0 && xc >= 0 && xr < x.size(1) && xc < x.size(2)) {
                  double value = x.at()[at(x, b, xr, xc, i)];
                  best = Math.max(best, value); // NaN wins, in Java as here
                  sum += value;
                  count++;
                }
              }
            }
            y.at()[place++] = largest ? best : sum / count;
          }
        }
      }
    }
    return y;
  }

  /** Each pixel as a block, or a border of zeros, or without a border. */
  static Grid moved(Grid x, int factor, int border) {
    int height = x.size(1) * factor + 2 * border;
    int width = x.size(2) * factor + 2 * border;
    Grid y = Grid.zeros(x.size(0), height, width, x.size(3));
    int place = 0;
    for (int b = 0; b < x.size(0); b++) {
      for (int r = 0; r < height; r++) {
        for (int c = 0; c < width; c++) {
          for (int i = 0; i < x.size(3); i++, place++) {
            int xr = Math.floorDiv(r - border, factor);
            int xc = Math.floorDiv(c - border, factor);
            if (xr >= 0 && xc >= 0 && xr < x.size(1) && xc < x.size(2)) {
              y.at()[place] = x.at()[at(x, b, xr, xc, i)];
            }
          }
        }
      }
    }
    return y;
  }

  private static int at(Grid x, int b, int r, int c, int i) {
    return ((b * x.size(1) + r) * x.size(2) + c) * x.size(3) + i;
  }

  /** gamma · (x - mean) / √(variance + epsilon) + beta over the features of the last axis. */
  static Grid normalized(
      Grid x, double[] mean, double[] variance, Grid gamma, Grid beta, double epsilon) {
    int features = x.size(-1);
    Grid y = Grid.zeros(x.shape());
    for (int i = 0; i < y.at().length; i++) {
      int f = i % features;
      double unit = (x.at()[i] - mean[f]) / Math.sqrt(variance[f] + epsilon);
      y.at()[i] = unit * gamma.at()[f] + beta.at()[f];
    }
    return y;
  }

  /** Mean and biased variance of each feature of the last axis. */
  static double[][] moments(Grid x) {
    int features = x.size(-1);
    int rows = x.at().length / features;
    double[][] moments = new double[2][features];
    for (int i = 0; i < x.at().length; i++) {
      moments[0][i % features] += x.at()[i] / rows;
    }
    for (int i = 0; i < x.at().length; i++) {
      double off = x.at()[i] - moments[0][i % features];
      moments[1][i % features] += off * off / rows;
    }
    return moments;
  }

  /** Layer normalization over the last axis. */
  static Grid layerNormalized(Grid x, Grid gamma, Grid beta, double epsilon) {
    int features = x.size(-1);
    Grid y = Grid.zeros(x.shape());
    for (int row = 0; row < x.at().length; row += features) {
      double mean = 0;
      double variance = 0;
      for (int f = 0; f < features; f++) {
        mean += x.at()[row + f] / features;
      }
      for (int f = 0; f < features; f++) {
        variance += (x.at()[row + f] - mean) * (x.at()[row + f] - mean) / features;
      }
      for (int f = 0; f < features; f++) {
        double unit = (x.at()[row + f] - mean) / Math.sqrt(variance + epsilon);
        y.at()[row + f] = unit * gamma.at()[f] + beta.at()[f];
      }
    }
    return y;
  }

  /** e^x over their sum, along the last axis. */
  static Grid softmax(Grid x) {
    int classes = x.size(-1);
    Grid y = Grid.zeros(x.shape());
    for (int row = 0; row < x.at().length; row += classes) {
      int from = row;
      double top = IntStream.range(0, classes).mapToDouble(i -> x.at()[from + i]).max().orElse(0);
      double sum = 0;
      for (int i = 0; i < classes; i++) {
        y.at()[row + i] = Math.exp(x.at()[row + i] - top);
        sum += y.at()[row + i];
      }
      for (int i = 0; i < classes; i++) {
        y.at()[row + i] /= sum;
      }
    }
    return y;
  }

  /** Rows of a table by their numbers. */
  static Grid looked(Grid numbers, Grid table) {
    int size = table.size(1);
    Grid y = Grid.zeros(numbers.size(0), numbers.size(1), size);
    for (int i = 0; i < numbers.at().length; i++) {
      System.arraycopy(table.at(), (int) numbers.at()[i] * size, y.at(), i * size, size);
    }
    return y;
  }

  /** Two of one shape, number by number. */
  static Grid both(Grid a, Grid b, DoubleBinaryOperator function) {
    Grid y = Grid.zeros(a.shape());
    for (int i = 0; i < y.at().length; i++) {
      y.at()[i] = function.applyAsDouble(a.at()[i], b.at()[i]);
    }
    return y;
  }

  /** Side by side along the last axis. */
  static Grid beside(Grid a, Grid b) {
    int first = a.size(-1);
    int second = b.size(-1);
    int[] shape = a.shape().clone();
    shape[shape.length - 1] = first + second;
    Grid y = Grid.zeros(shape);
    for (int row = 0; row * (first + second) < y.at().length; row++) {
      System.arraycopy(a.at(), row * first, y.at(), row * (first + second), first);
      System.arraycopy(b.at(), row * second, y.at(), row * (first + second) + first, second);
    }
    return y;
  }

  /** The last two of three axes in the other order. */
  static Grid turned(Grid x) {
    int rows = x.size(1);
    int columns = x.size(2);
    Grid y = Grid.zeros(x.size(0), columns, rows);
    for (int b = 0; b < x.size(0); b++) {
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < columns; c++) {
          y.at()[(b * columns + c) * rows + r] = x.at()[(b * rows + r) * columns + c];
        }
      }
    }
    return y;
  }

  /** The mean or the largest over the pixels, for each channel. */
  static Grid overPixels(Grid x, boolean largest) {
    int channels = x.size(3);
    int pixels = x.size(1) * x.size(2);
    Grid y = Grid.zeros(x.size(0), channels);
    for (int b = 0; b < x.size(0); b++) {
      for (int i = 0; i < channels; i++) {
        double best = Double.NEGATIVE_INFINITY;
        double sum = 0;
        for (int p = 0; p < pixels; p++) {
          double value = x.at()[(b * pixels + p) * channels + i];
          best = Math.max(best, value);
          sum += value / pixels;
        }
        y.at()[b * channels + i] = largest ? best : sum;
      }
    }
    return y;
  }
}
