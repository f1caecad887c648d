package dev.tandem.cuda.kernel;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.cuda.device.Command;
import dev.tandem.cuda.text.CType;
import dev.tandem.cuda.text.Grid;
import dev.tandem.cuda.text.KernelText;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A sum over all rows of images in two steps, always in the same order: strips of rows side by
 * side, then the strips' sums.
 *
 * @param first a kernel of two inputs and (strips, …), a sum for each strip
 * @param result the sum of all strips
 * @param strips how many there are
 */
record StripSums(KernelText first, TensorSpec result, long strips) implements CudaChoice {

  /** Threads that keep a card busy. */
  private static final long BUSY = 1 << 17;

  private static final long MOST_STRIPS = 256;
  private static final int WIDTH = 32;
  private static final int HEIGHT = 8;
  private static final int MOST_BLOCKS = 1 << 16;

  /** Into how many strips rows are cut if a strip has so many threads. */
  static long strips(long rows, long threads) {
    long wanted = Math.min(MOST_STRIPS, BUSY / Math.max(1, threads));
    long strips = Math.max(1, Math.min(rows, wanted));
    long height = height(rows, strips);
    return height == 0 ? 1 : (rows + height - 1) / height;
  }

  /** The rows of a strip. */
  static long height(long rows, long strips) {
    return (rows + strips - 1) / strips;
  }

  @Override
  public List<TensorSpec> scratch() {
    return strips == 1
        ? List.of()
        : List.of(new TensorSpec(Shape.of(strips, result.shape().length()), result.dtype()));
  }

  @Override
  public List<Command> commands(Places places) {
    if (result.shape().length() == 0) {
      return List.of();
    } else if (strips == 1) {
      return List.of(launch(first, places.in(0), places.in(1), places.out()));
    }
    return List.of(
        launch(first, places.in(0), places.in(1), places.scratch(0)),
        launch(second(), places.scratch(0), places.out()));
  }

  private static Command launch(KernelText text, Long... addresses) {
    return new Command.Launch(text, ImmutableList.copyOf(addresses));
  }

  private KernelText second() {
    CType type = Objects.requireNonNull(CType.of(result.dtype()));
    long length = result.shape().length();
    String body =
        String.format(
            Locale.ROOT,
            """
              __shared__ %1$s parts[8][32];
              for (long long begin = blockIdx.x * 32LL; begin < %2$dLL; begin += gridDim.x * 32LL) {
                const long long i = begin + threadIdx.x;
                %1$s sum = 0;
                if (i < %2$dLL) {
                  for (int s = threadIdx.y; s < %3$d; s += 8) {
                    sum += p0[s * %2$dLL + i];
                  }
                }
                parts[threadIdx.y][threadIdx.x] = sum;
                __syncthreads();
                for (int o = 4; o > 0; o /= 2) {
                  if (threadIdx.y < o) {
                    parts[threadIdx.y][threadIdx.x] += parts[threadIdx.y + o][threadIdx.x];
                  }
                  __syncthreads();
                }
                if (threadIdx.y == 0 && i < %2$dLL) {
                  p1[i] = parts[0][threadIdx.x];
                }
                __syncthreads();
              }
            """,
            type.text(),
            length,
            strips);
    Grid grid =
        new Grid((int) Math.min(MOST_BLOCKS, (length + WIDTH - 1) / WIDTH), 1, WIDTH, HEIGHT);
    return new KernelText("strip_sums", ImmutableList.of(type.input(), type.output()), body, grid);
  }
}
