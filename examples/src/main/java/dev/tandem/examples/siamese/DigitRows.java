package dev.tandem.examples.siamese;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import dev.tandem.core.data.LabeledImages;
import dev.tandem.core.op.random.CounterRandom;
import java.util.Collection;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The images of some digits.
 *
 * @param images of all digits, (n, 28, 28, 1)
 * @param rows the rows of each of the digits, in their order
 */
record DigitRows(INDArray images, ImmutableList<ImmutableIntArray> rows) {

  /**
   * Two images.
   *
   * @param left the row of one
   * @param right the row of the other
   * @param same whether they show one digit
   */
  record Pair(int left, int right, boolean same) {}

  /** The rows of these digits. */
  static DigitRows of(LabeledImages all, Collection<Integer> digits) {
    int[] labels = all.labels().toIntVector();
    ImmutableList.Builder<ImmutableIntArray> rows = ImmutableList.builder();
    for (int digit : digits) {
      ImmutableIntArray.Builder found = ImmutableIntArray.builder();
      for (int row = 0; row < labels.length; row++) {
        if (labels[row] == digit) {
          found.add(row);
        }
      }
      rows.add(found.build());
    }
    return new DigitRows(all.images(), rows.build());
  }

  /**
   * A pair: of one digit or of two, each as often.
   *
   * @param random of this pair alone
   */
  Pair pair(CounterRandom random) {
    boolean same = random.uniform(0) < 0.5;
    int first = draw(random.uniform(1), rows.size());
    int second = same ? first : other(first, random.uniform(2));
    return new Pair(row(first, random.uniform(3)), row(second, random.uniform(4)), same);
  }

  /**
   * Rows of an anchor, of a positive of its digit and of a negative of another one.
   *
   * @param random of this triplet alone
   */
  int[] triplet(CounterRandom random) {
    int first = draw(random.uniform(1), rows.size());
    int second = other(first, random.uniform(2));
    return new int[] {
      row(first, random.uniform(3)), row(first, random.uniform(4)), row(second, random.uniform(5))
    };
  }

  /**
   * A row of a digit.
   *
   * @param digit its place among the digits
   * @param at which of its rows, in [0, 1)
   */
  int row(int digit, double at) {
    ImmutableIntArray all = rows.get(digit);
    return all.get(draw(at, all.length()));
  }

  private int other(int digit, double at) {
    return (digit + 1 + draw(at, rows.size() - 1)) % rows.size();
  }

  private static int draw(double at, int count) {
    return (int) (at * count);
  }
}
