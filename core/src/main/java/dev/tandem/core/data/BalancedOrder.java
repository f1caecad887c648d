package dev.tandem.core.data;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * An order of rows in which all classes come equally often: a function of (seed, epoch, classes of
 * the rows). Classes take turns, in a new order each turn; the rows of a class come in a random
 * order, and in another one when all of them have come. An epoch has as many rows as the data:
 * those of rare classes come several times, of frequent ones some do not.
 */
final class BalancedOrder {

  private final List<int[]> classes = new ArrayList<>();
  private final int size;

  /** The order by a column of whole numbers, read row by row. */
  BalancedOrder(RowSource source, int column) {
    this.size = source.size();
    TreeMap<Long, List<Integer>> rows = new TreeMap<>();
    long[] numbers = WholeNumbers.of(source, column);
    for (int row = 0; row < size; row++) {
      rows.computeIfAbsent(numbers[row], any -> new ArrayList<>()).add(row);
    }
    rows.values().forEach(all -> classes.add(all.stream().mapToInt(row -> row).toArray()));
  }

  int[] of(long seed, int epoch) {
    Shuffler random = new Shuffler(RowOrder.key(seed, epoch));
    int[][] rows = new int[classes.size()][];
    int[] next = new int[rows.length];
    int[] turn = new int[rows.length];
    RowOrder.identity(turn);
    for (int i = 0; i < rows.length; i++) {
      rows[i] = classes.get(i).clone();
      random.shuffle(rows[i]);
    }
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      if (i % turn.length == 0) {
        random.shuffle(turn);
      }
      int number = turn[i % turn.length];
      if (next[number] == rows[number].length) {
        random.shuffle(rows[number]);
        next[number] = 0;
      }
      order[i] = rows[number][next[number]++];
    }
    return order;
  }

  /** Shuffles one after the other by the numbers of one stream. */
  private static final class Shuffler {

    private final long key;
    private long used;

    Shuffler(long key) {
      this.key = key;
    }

    void shuffle(int[] numbers) {
      for (int last = numbers.length - 1; last > 0; last--) {
        int at = RowOrder.below(last + 1, RowOrder.number(key, used++));
        int number = numbers[at];
        numbers[at] = numbers[last];
        numbers[last] = number;
      }
    }
  }
}
