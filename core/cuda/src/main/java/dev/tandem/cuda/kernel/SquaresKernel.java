package dev.tandem.cuda.kernel;

import com.google.common.collect.ImmutableList;
import dev.tandem.cuda.device.Command;
import dev.tandem.cuda.text.Grid;
import dev.tandem.cuda.text.KernelText;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The sum of the squares of many arrays, in float64 and always in the same order: blocks go over a
 * table of pieces, and one more block adds what they found.
 */
public final class SquaresKernel {

  /**
   * An array on the card.
   *
   * @param address of its first number
   * @param length how many there are
   * @param wide whether they are float64, and not float32
   */
  public record Numbers(long address, long length, boolean wide) {}

  private static final int PIECE = 1 << 14;
  private static final int MOST_BLOCKS = 1024;

  private final List<Long> table = new ArrayList<>();

  private SquaresKernel() {}

  /** The kernel for some arrays. */
  public static SquaresKernel of(List<Numbers> arrays) {
    SquaresKernel kernel = new SquaresKernel();
    for (Numbers array : arrays) {
      long width = array.wide() ? Double.BYTES : Float.BYTES;
      for (long begin = 0; begin < array.length(); begin += PIECE) {
        kernel.table.add(array.address() + begin * width);
        kernel.table.add(Math.min(PIECE, array.length() - begin));
        kernel.table.add(array.wide() ? 1L : 0L);
      }
    }
    return kernel;
  }

  private int pieces() {
    return table.size() / 3;
  }

  /** How many blocks there are, each of which leaves one number. */
  public int blocks() {
    return Math.max(1, Math.min(MOST_BLOCKS, pieces()));
  }

  /** The table of (address, length, whether float64) of pieces, to be copied to the card. */
  public INDArray table() {
    long[] numbers = table.stream().mapToLong(Long::longValue).toArray();
    return Nd4j.createFromArray(numbers.length == 0 ? new long[3] : numbers);
  }

  /**
   * What the card does.
   *
   * @param pieces the address of the table
   * @param partial the address of a number for each block
   * @param result the address of the sum
   */
  public List<Command> commands(long pieces, long partial, long result) {
    return List.of(
        new Command.Launch(ofPieces(), ImmutableList.of(pieces, partial)),
        new Command.Launch(ofBlocks(), ImmutableList.of(partial, result)));
  }

  private KernelText ofPieces() {
    String body =
        """
          double sum = 0;
          for (int piece = blockIdx.x; piece < PIECES; piece += BLOCKS) {
            const long long at = p0[3 * piece], n = p0[3 * piece + 1];
            if (p0[3 * piece + 2]) {
              const double *x = (const double *)at;
              for (int i = threadIdx.x; i < n; i += THREADS) sum += x[i] * x[i];
            } else {
              const float *x = (const float *)at;
              for (int i = threadIdx.x; i < n; i += THREADS) sum += (double)x[i] * x[i];
            }
          }
        """;
    return text("squares_of_pieces", "const long long *", body + tree("p1[blockIdx.x]"), blocks());
  }

  private KernelText ofBlocks() {
    String body =
        """
          double sum = 0;
          for (int i = threadIdx.x; i < BLOCKS; i += THREADS) sum += p0[i];
        """;
    return text("squares_of_blocks", "const double *", body + tree("p1[0]"), 1);
  }

  private static String tree(String result) {
    return """
      __shared__ double sums[THREADS];
      sums[threadIdx.x] = sum;
      __syncthreads();
      for (int half = THREADS / 2; half > 0; half /= 2) {
        if (threadIdx.x < half) sums[threadIdx.x] += sums[threadIdx.x + half];
        __syncthreads();
      }
      if (threadIdx.x == 0) RESULT = sums[0];
    """
        .replace("RESULT", result);
  }

  private KernelText text(String label, String input, String body, int grid) {
    String sized =
        body.replace("PIECES", Integer.toString(pieces()))
            .replace("BLOCKS", Integer.toString(blocks()))
            .replace("THREADS", Integer.toString(Grid.THREADS));
    return new KernelText(
        label, ImmutableList.of(input, "double *"), sized, Grid.of(grid, Grid.THREADS));
  }
}
