package dev.tandem.core.metric;

/** Sorts indices by what they stand for, without boxing. */
final class Ascending {

  private Ascending() {}

  /** The indices of the first {@code size} values, smallest value first: a merge sort. */
  static int[] order(double[] values, int size) {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      order[i] = i;
    }
    int[] spare = new int[size];
    for (long run = 1; run < size; run *= 2) {
      for (long from = 0; from < size; from += 2 * run) {
        int middle = (int) Math.min(size, from + run);
        int to = (int) Math.min(size, from + 2 * run);
        merge(values, order, (int) from, middle, to, spare);
      }
      int[] sorted = spare;
      spare = order;
      order = sorted;
    }
    return order;
  }

  private static void merge(
      double[] values, int[] order, int from, int middle, int to, int[] into) {
    int left = from;
    int right = middle;
    for (int i = from; i < to; i++) {
      boolean takeLeft =
          left < middle && (right >= to || !(values[order[left]] > values[order[right]]));
      into[i] = takeLeft ? order[left++] : order[right++];
    }
  }
}
