package dev.tandem.cuda.text;

import java.util.Locale;
import java.util.Map;

/**
 * The text of kernels in which a block works on some neighboring groups of channels of one sample
 * of (samples, places, channels): neighboring threads read neighboring channels, and a thread meets
 * channels of one group alone.
 *
 * @param samples how many there are
 * @param places of a sample
 * @param channels of a place
 * @param inGroup channels of a group, which divide them
 * @param groups of a block; the last block of a sample may have fewer
 * @param wide threads side by side, a power of two
 * @param threads of a block
 */
public record GroupText(
    long samples, long places, long channels, int inGroup, int groups, int wide, int threads) {

  private static final int THREADS = 256;
  private static final int MOST_THREADS = 1024;

  /** Elements of a thread from which a block has more of them. */
  private static final long MANY = 64;

  /** The blocks that fill a card. */
  private static final long ENOUGH_BLOCKS = 264;

  /** Channels of a block: what a warp reads at once, or the least that memory gives at once. */
  private static final int WARP = 32;

  private static final int SECTOR = 8;

  /** How a kernel on groups runs: by their shape alone. */
  public static GroupText of(long samples, long places, long channels, int inGroup) {
    boolean fills = samples * ((channels + WARP - 1) / WARP) >= ENOUGH_BLOCKS;
    int groups = Math.max(1, (fills ? WARP : SECTOR) / inGroup);
    groups = (int) Math.min(groups, channels / inGroup);
    int wide = Math.min(THREADS, Team.powerOfTwo((long) groups * inGroup));
    boolean isLong = places * groups * inGroup > MANY * THREADS;
    return new GroupText(
        samples, places, channels, inGroup, groups, wide, isLong ? MOST_THREADS : THREADS);
  }

  private int width() {
    return groups * inGroup;
  }

  private long tiles() {
    return (channels + width() - 1) / width();
  }

  /** The blocks that run it. */
  public Grid grid() {
    return Grid.of(Math.toIntExact(samples * tiles()), threads);
  }

  /** The type of indices. */
  public CType index() {
    return ReducedIndex.indexType(samples * places * channels);
  }

  /** Statements that define "b", the sample, "first", the block's first channel, and "width". */
  public String begin() {
    return String.format(
        Locale.ROOT,
        """
          const int x = threadIdx.x %% %d, y = threadIdx.x / %d;
          const %s b = blockIdx.x / %d;
          const int first = (int)(blockIdx.x %% %d) * %d;
          const int width = first + %d < %d ? %d : %d - first;
        """,
        wide,
        wide,
        index().text(),
        tiles(),
        tiles(),
        width(),
        width(),
        channels,
        width(),
        channels);
  }

  /**
   * A loop over the elements of a thread.
   *
   * @param statements for the element at "i", of channel "c", in group "group" of all samples'
   */
  public String each(String statements) {
    return columns(places(statements));
  }

  /** A loop over the channels of a thread, "c" of its sample's and "own" of all. */
  private String columns(String statements) {
    return String.format(
        Locale.ROOT,
        """
          for (int k = x; k < width; k += %d) {
            const int c = first + k;
            const %s own = b * %d + c, group = b * %d + c / %d;
        %s  }
        """,
        wide,
        index().text(),
        channels,
        channels / inGroup,
        inGroup,
        statements);
  }

  private String places(String statements) {
    return String.format(
        Locale.ROOT,
        """
            for (%s n = y; n < %d; n += %d) {
              const %s i = (b * %d + n) * %d + c;
        %s    }
        """,
        index().text(),
        places,
        threads / wide,
        index().text(),
        places,
        channels,
        statements);
  }

  /** A variable that holds the sum over the group of a thread's channels. */
  public String all(CType type, String name, String statements, String value) {
    return String.format(Locale.ROOT, "  %s %s = 0;\n", type.text(), name)
        + each(statements + String.format(Locale.ROOT, "    %s += %s;\n", name, value))
        + together(type, name);
  }

  /** The same of numbers that each channel has once: "own" is a channel's place among all. */
  public String allChannels(CType type, String name, String statements, String value) {
    String added = String.format(Locale.ROOT, "    if (y == 0) %s += %s;\n", name, value);
    return String.format(Locale.ROOT, "  %s %s = 0;\n", type.text(), name)
        + columns(statements + added)
        + together(type, name);
  }

  /**
   * Variables that hold the sums over all places of a channel, and what is done with them by one
   * thread of each channel.
   *
   * @param values by the names of the variables
   */
  public String ofChannels(CType type, String statements, Map<String, String> values, String once) {
    StringBuilder text = new StringBuilder();
    values.forEach(
        (name, value) ->
            text.append(
                String.format(
                    Locale.ROOT, "  __shared__ %s %s_all[%d];\n", type.text(), name, threads)));
    text.append(
        String.format(
            Locale.ROOT, "  for (int from = 0; from < %d; from += %d) {\n", width(), wide));
    StringBuilder added = new StringBuilder(statements);
    values.forEach(
        (name, value) -> {
          text.append(String.format(Locale.ROOT, "  %s %s = 0;\n", type.text(), name));
          added.append(String.format(Locale.ROOT, "    %s += %s;\n", name, value));
        });
    text.append("  const int k = from + x, c = first + k;\n");
    text.append(
        String.format(
            Locale.ROOT,
            "  const %s own = b * %d + c, group = b * %d + c / %d;\n",
            index().text(),
            channels,
            channels / inGroup,
            inGroup));
    text.append("  if (k < width) {\n").append(places(added.toString())).append("  }\n");
    values.forEach((name, value) -> text.append(tree(name, wide)));
    values.forEach(
        (name, value) ->
            text.append(String.format(Locale.ROOT, "  %s = %s_all[x];\n", name, name)));
    text.append("  if (y == 0 && k < width) {\n").append(once).append("  }\n");
    return text.append("  __syncthreads();\n  }\n").toString();
  }

  /** Statements for one thread of each group. */
  public String once(String statements) {
    return String.format(
        Locale.ROOT,
        """
          if (y == 0 && x < width && x %% %d == 0) {
            const %s group = b * %d + (first + x) / %d;
        %s  }
        """,
        inGroup,
        index().text(),
        channels / inGroup,
        inGroup,
        statements);
  }

  private String together(CType type, String name) {
    String shared =
        String.format(Locale.ROOT, "  __shared__ %s %s_all[%d];\n", type.text(), name, threads);
    if (groups == 1) {
      return shared + tree(name, 1) + String.format(Locale.ROOT, "  %s = %s_all[0];\n", name, name);
    }
    return shared
        + tree(name, wide)
        + String.format(
            Locale.ROOT,
            """
              %1$s = 0;
              for (int q = x / %2$d * %2$d; q < (x / %2$d + 1) * %2$d && q < %3$d; q++) %1$s += %1$s_all[q];
            """,
            name,
            inGroup,
            wide);
  }

  /** Adds up in shared memory, until so many sums are left. */
  private String tree(String name, int left) {
    StringBuilder text = new StringBuilder();
    text.append(String.format(Locale.ROOT, "  %s_all[threadIdx.x] = %s;\n", name, name));
    for (int by = threads / 2; by >= left; by /= 2) {
      text.append("  __syncthreads();\n");
      text.append(
          String.format(
              Locale.ROOT,
              "  if (threadIdx.x < %d) %s_all[threadIdx.x] += %s_all[threadIdx.x + %d];\n",
              by,
              name,
              name,
              by));
    }
    return text.append("  __syncthreads();\n").toString();
  }
}
