package dev.tandem.cuda.kernel;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.op.image.ConvGeometry;
import dev.tandem.core.tensor.Shape;
import dev.tandem.cuda.text.CType;
import dev.tandem.cuda.text.Grid;
import dev.tandem.cuda.text.KernelText;
import java.util.Locale;
import java.util.Objects;
import org.nd4j.linalg.api.buffer.DataType;

/** Kernels that lay values out in other ways: from p0 to p1. */
final class Layouts {

  private static final int TILE = 32;
  private static final int TILE_ROWS = 8;
  private static final int MOST_BLOCKS = 1 << 16;

  private Layouts() {}

  /** From (rows, columns) to (columns, rows), by tiles in shared memory. */
  static KernelText transpose(DataType dtype, long rows, long columns) {
    CType type = type(dtype);
    long across = (columns + TILE - 1) / TILE;
    long tiles = (rows + TILE - 1) / TILE * across;
    String body =
        String.format(
            Locale.ROOT,
            """
              __shared__ %1$s tile[32][33];
              for (long long t = blockIdx.x; t < %2$dLL; t += gridDim.x) {
                const long long row = t / %3$d * 32, column = t %% %3$d * 32;
                for (int j = threadIdx.y; j < 32; j += 8) {
                  if (row + j < %4$dLL && column + threadIdx.x < %5$dLL) {
                    tile[j][threadIdx.x] = p0[(row + j) * %5$dLL + column + threadIdx.x];
                  }
                }
                __syncthreads();
                for (int j = threadIdx.y; j < 32; j += 8) {
                  if (column + j < %5$dLL && row + threadIdx.x < %4$dLL) {
                    p1[(column + j) * %4$dLL + row + threadIdx.x] = tile[threadIdx.x][j];
                  }
                }
                __syncthreads();
              }
            """,
            type.text(),
            tiles,
            across,
            rows,
            columns);
    Grid grid = new Grid((int) Math.min(MOST_BLOCKS, tiles), 1, TILE, TILE_ROWS);
    return new KernelText("transpose", parameters(type), body, grid);
  }

  /** From an image to that with zeros around it. */
  static KernelText pad(DataType dtype, Shape image, Shape padded, ConvGeometry geometry) {
    CType type = type(dtype);
    String statements =
        coordinates(padded)
            + String.format(
                Locale.ROOT,
                """
                    const I sy = y - %d, sx = x - %d;
                    p1[i] = sy >= 0 && sy < %d && sx >= 0 && sx < %d ? p0[((n * %d + sy) * %d + sx) * %d + c] : (%s)0;
                """,
                geometry.top(),
                geometry.left(),
                image.size(1),
                image.size(2),
                image.size(1),
                image.size(2),
                image.size(3),
                type.text());
    return kernel("pad_image", type, padded.length(), padded.length(), statements);
  }

  /** From an image with something around it to the image. */
  static KernelText crop(DataType dtype, Shape image, Shape padded, ConvGeometry geometry) {
    CType type = type(dtype);
    String statements =
        coordinates(image)
            + String.format(
                Locale.ROOT,
                "    p1[i] = p0[((n * %d + y + %d) * %d + x + %d) * %d + c];\n",
                padded.size(1),
                geometry.top(),
                padded.size(2),
                geometry.left(),
                image.size(3));
    return kernel("crop_image", type, image.length(), padded.length(), statements);
  }

  /** The coordinates (n, y, x, c) of element i of (batch, height, width, channels), of type I. */
  static String coordinates(Shape image) {
    return String.format(
        Locale.ROOT,
        "    const I c = i %% %1$d, x = i / %1$d %% %2$d, y = i / %3$d %% %4$d, n = i / %5$d;\n",
        image.size(3),
        image.size(2),
        image.size(2) * image.size(3),
        image.size(1),
        image.size(1) * image.size(2) * image.size(3));
  }

  private static KernelText kernel(
      String label, CType type, long length, long largest, String statements) {
    String body = ElementLoop.over(length, largest, statements);
    return new KernelText(label, parameters(type), body, Grid.over(length));
  }

  private static CType type(DataType dtype) {
    return Objects.requireNonNull(CType.of(dtype));
  }

  private static ImmutableList<String> parameters(CType type) {
    return ImmutableList.of(type.input(), type.output());
  }
}
