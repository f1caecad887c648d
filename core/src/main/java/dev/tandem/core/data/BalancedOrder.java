package dev.tandem.core.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.nd4j.linalg.api.buffer.DataType;

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
    Column label = source.columns().get(column);
    ByteBuffer number = ByteBuffer.allocate(label.bytes()).order(ByteOrder.nativeOrder());
    for (int row = 0; row < size; row++) {
      number.clear();
      try {
        source.read(column, row, number);
      } catch (IOException | RuntimeException e) {
        throw new UnreadableRowException(source.place(row), label.label(), source.name(), e);
      }
      rows.computeIfAbsent(whole(number, label.stored()), any -> new ArrayList<>()).add(row);
    }
    rows.values().forEach(all -> classes.add(all.stream().mapToInt(row -> row).toArray()));
  }

  /** The column to balance by, which holds one whole number for each row. */
  static int require(RowSource source, String name) {
    for (int i = 0; i < source.columns().size(); i++) {
      Column column = source.columns().get(i);
      boolean whole = column.stored().isIntType() || column.stored() == DataType.BOOL;
      if (column.name().equals(name) && whole && column.sample().length() == 1) {
        return i;
      }
    }
    throw new IllegalArgumentException(
        "classes are balanced by a column of one whole number for each row, and the "
            + source.name()
            + " has none called \""
            + name
            + "\"; it has "
            + source.columns());
  }

  private static long whole(ByteBuffer number, DataType type) {
    return switch (type.width()) {
      case 1 -> number.get(0);
      case 2 -> number.getShort(0);
      case 4 -> number.getInt(0);
      default -> number.getLong(0);
    };
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
