package dev.tandem.core.op;

import static dev.tandem.core.op.SampleArrays.distinct;
import static dev.tandem.core.op.SampleArrays.normal;

import dev.tandem.core.op.image.AvgPool2D;
import dev.tandem.core.op.image.AvgPool2DGradient;
import dev.tandem.core.op.image.BlockSum2D;
import dev.tandem.core.op.image.Conv2DGradients;
import dev.tandem.core.op.image.Conv2DInputGradient;
import dev.tandem.core.op.image.Conv2DKernelGradient;
import dev.tandem.core.op.image.Conv2DOp;
import dev.tandem.core.op.image.ConvGeometry;
import dev.tandem.core.op.image.DepthwiseConv2DInputGradient;
import dev.tandem.core.op.image.DepthwiseConv2DKernelGradient;
import dev.tandem.core.op.image.DepthwiseConv2DOp;
import dev.tandem.core.op.image.MaxPool2D;
import dev.tandem.core.op.image.MaxPool2DGradient;
import dev.tandem.core.op.image.MaxPool2DSelect;
import dev.tandem.core.op.image.PoolWindow;
import dev.tandem.core.op.image.UpSample2D;
import dev.tandem.core.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Samples of convolutions, pooling and upsampling. */
final class ImageSamples {

  /** A kernel's walk over an image that shows something of its own. */
  private record Walk(long height, long width, int kernelHeight, int kernelWidth, ConvGeometry by) {

    static Walk same(int height, int width, int kernel, int stride) {
      return new Walk(
          height,
          width,
          kernel,
          kernel,
          ConvGeometry.same(height, width, kernel, kernel, stride, stride, 1, 1));
    }
  }

  private ImageSamples() {}

  static List<OpSample> all() {
    List<OpSample> samples = new ArrayList<>();
    for (Walk walk : walks()) {
      convolution(walk, samples);
      depthwise(walk, samples);
      if (walk.by.dilationHeight() == 1) {
        pooling(walk, samples);
      }
    }
    samples.add(OpSample.of(new UpSample2D(2, 2), normal(91, 2, 3, 4, 2)));
    samples.add(OpSample.of(new UpSample2D(3, 1), normal(92, 2, 3, 2, 3)));
    samples.add(OpSample.of(new UpSample2D(1, 2), normal(93, 1, 2, 2, 1)));
    samples.add(OpSample.of(new BlockSum2D(2, 2), normal(94, 2, 6, 4, 2)));
    samples.add(OpSample.of(new BlockSum2D(3, 1), normal(95, 2, 6, 2, 3)));
    return samples;
  }

  private static List<Walk> walks() {
    return List.of(
        new Walk(5, 4, 3, 2, ConvGeometry.valid(1, 1)),
        new Walk(7, 6, 3, 2, ConvGeometry.valid(2, 2)),
        // the last rows and columns are reached by no window
        new Walk(6, 8, 3, 3, ConvGeometry.valid(2, 3)),
        new Walk(5, 5, 3, 3, new ConvGeometry(1, 1, 1, 1, 1, 1, 1, 1)),
        new Walk(6, 7, 4, 3, new ConvGeometry(2, 2, 1, 1, 1, 1, 1, 1)),
        new Walk(4, 4, 4, 4, new ConvGeometry(2, 2, 1, 1, 1, 1, 1, 1)),
        Walk.same(5, 5, 3, 1),
        Walk.same(6, 6, 3, 2),
        Walk.same(5, 7, 4, 2),
        Walk.same(6, 5, 2, 1),
        // zeros that are neither one number a side nor those of SAME
        new Walk(5, 4, 3, 3, new ConvGeometry(2, 1, 2, 0, 0, 1, 1, 1)),
        new Walk(4, 4, 3, 4, new ConvGeometry(2, 2, 0, 2, 3, 0, 1, 1)),
        new Walk(7, 7, 3, 2, new ConvGeometry(1, 1, 0, 0, 0, 0, 2, 2)),
        new Walk(7, 6, 2, 3, new ConvGeometry(2, 1, 1, 1, 2, 2, 2, 2)),
        new Walk(7, 6, 3, 3, ConvGeometry.same(7, 6, 3, 3, 1, 1, 2, 2)),
        new Walk(3, 3, 1, 1, ConvGeometry.valid(1, 1)),
        new Walk(4, 5, 1, 1, ConvGeometry.valid(2, 2)));
  }

  private static void convolution(Walk walk, List<OpSample> samples) {
    ConvGeometry by = walk.by;
    Shape image = Shape.of(2, walk.height, walk.width, 3);
    Shape kernel = Shape.of(walk.kernelHeight, walk.kernelWidth, 3, 4);
    INDArray x = normal(131, image.toArray());
    INDArray w = normal(132, kernel.toArray());
    long rows = by.outputHeight(walk.height, walk.kernelHeight);
    long columns = by.outputWidth(walk.width, walk.kernelWidth);
    INDArray g = normal(133, 2, rows, columns, 4);
    samples.add(OpSample.of(new Conv2DOp(by), x, w));
    samples.add(OpSample.of(new Conv2DInputGradient(by, image), w, g));
    samples.add(OpSample.of(new Conv2DKernelGradient(by, kernel), x, g));
    samples.add(OpSample.of(new Conv2DGradients(by), x, w, g));
  }

  private static void depthwise(Walk walk, List<OpSample> samples) {
    ConvGeometry by = walk.by;
    Shape image = Shape.of(2, walk.height, walk.width, 3);
    Shape kernel = Shape.of(walk.kernelHeight, walk.kernelWidth, 3, 2);
    INDArray x = normal(141, image.toArray());
    INDArray w = normal(142, kernel.toArray());
    long rows = by.outputHeight(walk.height, walk.kernelHeight);
    long columns = by.outputWidth(walk.width, walk.kernelWidth);
    INDArray g = normal(143, 2, rows, columns, 6);
    samples.add(OpSample.of(new DepthwiseConv2DOp(by), x, w));
    samples.add(OpSample.of(new DepthwiseConv2DInputGradient(by, image), w, g));
    samples.add(OpSample.of(new DepthwiseConv2DKernelGradient(by, kernel), x, g));
  }

  private static void pooling(Walk walk, List<OpSample> samples) {
    PoolWindow window = new PoolWindow(walk.kernelHeight, walk.kernelWidth, walk.by);
    Shape image = Shape.of(2, walk.height, walk.width, 3);
    INDArray x = distinct(151, image.toArray());
    INDArray g = normal(152, window.output(image).toArray());
    samples.add(OpSample.of(new MaxPool2D(window), x));
    samples.add(OpSample.of(new MaxPool2DGradient(window), x, g));
    samples.add(OpSample.of(new MaxPool2DSelect(window), x, normal(153, image.toArray())));
    for (boolean countPadding : new boolean[] {false, true}) {
      samples.add(OpSample.of(new AvgPool2D(window, countPadding), x));
      samples.add(OpSample.of(new AvgPool2DGradient(window, countPadding, image), g));
    }
  }
}
