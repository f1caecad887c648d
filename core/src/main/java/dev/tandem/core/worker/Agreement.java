package dev.tandem.core.worker;

import com.google.common.collect.ImmutableList;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What workers are to have alike, compared before they begin. */
public final class Agreement {

  private Agreement() {}

  /**
   * Looks whether all workers say the same; all are to call it at the same place. A single one
   * agrees with itself.
   *
   * @param who says it, as in {@code a fit of model "net"}
   * @param mine what this worker has, a line each, as in {@code seed 7}
   * @return what the first worker says
   * @throws WorkerException if one says something else: names the worker, and the first line that
   *     differs as it has it and as worker 0 has it
   */
  public static ImmutableList<String> require(Workers workers, String who, List<String> mine) {
    List<String> first = List.of();
    ImmutableList<byte[]> all =
        workers.gather(String.join("\n", mine).getBytes(StandardCharsets.UTF_8));
    for (int rank = 0; rank < all.size(); rank++) {
      List<String> lines =
          List.of(new String(all.get(rank), StandardCharsets.UTF_8).split("\n", -1));
      if (rank == 0) {
        first = lines;
      }
      requireSame(rank, who, first, lines);
    }
    return ImmutableList.copyOf(first);
  }

  private static void requireSame(int rank, String who, List<String> first, List<String> other) {
    for (int i = 0; i < Math.max(first.size(), other.size()); i++) {
      String a = i < first.size() ? first.get(i) : "nothing more";
      String b = i < other.size() ? other.get(i) : "nothing more";
      if (!a.equals(b)) {
        throw new WorkerException(
            rank,
            who
                + ": worker "
                + rank
                + " has "
                + b
                + ", and worker 0 "
                + a
                + "; let all run the same program, with the same seeds and files",
            null);
      }
    }
  }
}
