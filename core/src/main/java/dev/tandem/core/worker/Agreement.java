package dev.tandem.core.worker;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A look at whether all workers say the same, before they go on together. */
public final class Agreement {

  private static final Splitter LINES = Splitter.on('\n');

  private Agreement() {}

  /**
   * Compares what all say. Each worker calls it, at the same place of its program.
   *
   * @param who has it, for the message
   * @param mine lines, each of what has to be equal, such as {@code seed 7}
   * @return what the first worker says
   * @throws WorkerException that names the first worker that says something else than worker 0
   */
  public static ImmutableList<String> require(Workers workers, String who, List<String> mine) {
    byte[] text = String.join("\n", mine).getBytes(StandardCharsets.UTF_8);
    ImmutableList<byte[]> all = workers.gather(text);
    List<String> first = lines(all.get(0));
    for (int rank = 1; rank < all.size(); rank++) {
      List<String> other = lines(all.get(rank));
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
    return ImmutableList.copyOf(first);
  }

  private static List<String> lines(byte[] text) {
    return LINES.splitToList(new String(text, StandardCharsets.UTF_8));
  }
}
