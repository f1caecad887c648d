package dev.tandem.core.engine.nd4j;

import dev.tandem.core.engine.kernel.Kernel;
import dev.tandem.core.engine.kernel.Sequence;
import dev.tandem.core.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A transposed convolution as a matrix product and a sum of windows: every pixel of the source is
 * multiplied to a window of the image, and the windows are added where they overlap. Some images at
 * a time, so that their windows stay in the cache.
 *
 * @param strideHeight rows from window to window
 * @param strideWidth columns from window to window
 * @param top rows of the first window above the image
 * @param left columns of the first window left of the image
 * @param height rows of a window
 * @param width columns of a window
 */
record ColumnImage(int strideHeight, int strideWidth, int top, int left, long height, long width) {

  private static final long CHUNK = 256_000;

  /** How many images of a batch are done at a time. */
  private long images(long[] source, long channels) {
    long elements = source[1] * source[2] * height * width * channels;
    return Math.max(1, Math.min(source[0], CHUNK / elements));
  }

  /** The windows of some images, for a source (batch, height, width, any). */
  TensorSpec windows(TensorSpec source, long channels) {
    long[] sizes = source.shape().toArray();
    long pixels = images(sizes, channels) * sizes[1] * sizes[2];
    return source.withShape(dev.tandem.core.tensor.Shape.of(pixels, height * width * channels));
  }

  /**
   * The kernel.
   *
   * @param source (batch, rows, columns, depth)
   * @param matrix (height · width · channels, depth)
   * @param windows a buffer of {@link #windows}
   * @param image (batch, image height, image width, channels)
   */
  Kernel bind(INDArray source, INDArray matrix, INDArray windows, INDArray image) {
    List<Kernel> kernels = new ArrayList<>();
    long batch = source.size(0);
    long atOnce = images(source.shape(), image.size(3));
    for (long begin = 0; begin < batch; begin += atOnce) {
      long count = Math.min(atOnce, batch - begin);
      kernels.add(product(source, matrix, windows, begin, count));
      kernels.add(sum(source, windows, image, begin, count));
    }
    return Sequence.of(kernels);
  }

  private static Kernel product(
      INDArray source, INDArray matrix, INDArray windows, long begin, long count) {
    long pixels = source.size(1) * source.size(2);
    long depth = source.size(3);
    INDArray rows = Shapes.stretch(source, begin * pixels * depth, count * pixels, depth);
    INDArray made = Shapes.stretch(windows, 0, count * pixels, windows.size(1));
    return Products.matmul(rows, matrix, false, true, made);
  }

  private Kernel sum(INDArray source, INDArray windows, INDArray image, long begin, long count) {
    long channels = image.size(3);
    INDArray columns =
        Shapes.stretch(windows, 0, count, source.size(1), source.size(2), height, width, channels)
            .permute(0, 5, 3, 4, 1, 2);
    long size = image.size(1) * image.size(2) * channels;
    INDArray images =
        Shapes.stretch(image, begin * size, count, image.size(1), image.size(2), channels)
            .permute(0, 3, 1, 2);
    return Native.custom(
        "col2im",
        List.of(columns),
        List.of(images),
        strideHeight,
        strideWidth,
        top,
        left,
        image.size(1),
        image.size(2),
        1,
        1,
        0);
  }
}
