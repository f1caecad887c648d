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
   * @param before the address of as many, which are looked at first: where one is not finite, the
   *     same one of these counts as 0; 0 if there are none
   */
  public record Numbers(long address, long length, boolean wide, long before) {}

  /**
   * What becomes of the sum where it is looked at on the card.
   *
   * @param loss the address of a number that has to be finite
   * @param wide whether it is float64, and not float32
   * @param limit the sum has to be below it
   * @param words the address of words that have to be −1
   * @param wordCount how many of them
   * @param flag the address of a word that becomes 1 if something is not as it has to be
   * @param report the address of two words: 0, or 1 if the flag was raised here, or 2 if it had
   *     been before; and the sum
   */
  public record Verdict(
      long loss, boolean wide, double limit, long words, int wordCount, long flag, long report) {}

  private static final int COLUMNS = 4;
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
        kernel.table.add(array.before() == 0 ? 0 : array.before() + begin * width);
      }
    }
    return kernel;
  }

  private int pieces() {
    return table.size() / COLUMNS;
  }

  /** How many blocks there are, each of which leaves one number. */
  public int blocks() {
    return Math.max(1, Math.min(MOST_BLOCKS, pieces()));
  }

  /**
   * The table of (address, length, whether float64, address of what was before) of pieces, to be
   * copied to the card.
   */
  public INDArray table() {
    long[] numbers = table.stream().mapToLong(Long::longValue).toArray();
    return Nd4j.createFromArray(numbers.length == 0 ? new long[COLUMNS] : numbers);
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

  /**
   * What the card does where it looks at the sum itself.
   *
   * @param pieces the address of the table
   * @param partial the address of a number for each block
   */
  public List<Command> commands(long pieces, long partial, Verdict verdict) {
    return List.of(
        new Command.Launch(ofPieces(), ImmutableList.of(pieces, partial)),
        new Command.Launch(
            ofVerdict(verdict),
            ImmutableList.of(
                partial, verdict.loss(), verdict.words(), verdict.flag(), verdict.report())));
  }

  private KernelText ofVerdict(Verdict verdict) {
    String body =
        """
          double sum = 0;
          for (int i = threadIdx.x; i < BLOCKS; i += THREADS) sum += p0[i];
        """
            + tree("sum")
            + """
              if (threadIdx.x == 0) {
                bool bad = !(sum < LIMIT) || !(p1[0] - p1[0] == 0);
                for (int i = 0; i < WORDS; i++) bad = bad || p2[i] != -1;
                p4[0] = p3[0] ? 2 : bad ? 1 : 0;
                ((double *)p4)[1] = sum;
                if (bad) p3[0] = 1;
              }
            """;
    String sized =
        sized(body)
            .replace("WORDS", Integer.toString(verdict.wordCount()))
            .replace(
                "LIMIT",
                Double.isInfinite(verdict.limit()) ? "INFINITY" : Double.toString(verdict.limit()));
    return new KernelText(
        "verdict",
        ImmutableList.of(
            "const double *",
            verdict.wide() ? "const double *" : "const float *",
            "const long long *",
            "long long *",
            "long long *"),
        sized,
        Grid.of(1, Grid.THREADS));
  }

  private KernelText ofPieces() {
    String body =
        """
          double sum = 0;
          for (int piece = blockIdx.x; piece < PIECES; piece += BLOCKS) {
            const long long at = p0[4 * piece], n = p0[4 * piece + 1], before = p0[4 * piece + 3];
            if (p0[4 * piece + 2]) {
              const double *x = (const double *)at, *w = (const double *)before;
              for (int i = threadIdx.x; i < n; i += THREADS)
                if (!w || w[i] - w[i] == 0) sum += x[i] * x[i];
            } else {
              const float *x = (const float *)at, *w = (const float *)before;
              for (int i = threadIdx.x; i < n; i += THREADS)
                if (!w || w[i] - w[i] == 0) sum += (double)x[i] * x[i];
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
    return new KernelText(
        label, ImmutableList.of(input, "double *"), sized(body), Grid.of(grid, Grid.THREADS));
  }

  private String sized(String body) {
    return body.replace("PIECES", Integer.toString(pieces()))
        .replace("BLOCKS", Integer.toString(blocks()))
        .replace("THREADS", Integer.toString(Grid.THREADS));
  }
}
