package dev.tandem.cuda.text;

import java.util.Locale;

/**
 * The text of kernels in which a team of threads works on each row of (rows, length): the elements
 * of a row are gone over several times, from registers where they fit.
 *
 * @param rows how many there are
 * @param length of a row
 * @param team who works on one
 */
public record RowText(long rows, long length, Team team) {

  private static final int THREADS = 256;

  /** How a kernel on rows runs: by their shape alone. */
  public static RowText of(long rows, long length) {
    return new RowText(rows, length, Team.forRows(length, THREADS));
  }

  /** The blocks that run it. */
  public Grid grid() {
    long blocks = Math.max(1, (rows + team.teams() - 1) / team.teams());
    return Grid.of((int) Math.min(Integer.MAX_VALUE, blocks), team.threads());
  }

  /** The type of indices. */
  public CType index() {
    return ReducedIndex.indexType(rows * length);
  }

  /** Statements that define "n", the row. */
  public String begin() {
    return team.places()
        + String.format(
            Locale.ROOT,
            "  const %s n = blockIdx.x * (%s)%d + x;\n",
            index().text(),
            index().text(),
            team.teams());
  }

  /**
   * A loop over the elements of a row.
   *
   * @param statements for the element at "i", which is "k" of row "n"
   */
  public String each(String statements) {
    return String.format(
        Locale.ROOT,
        """
          if (n < %dLL) {
            for (int k = y; k < %d; k += %d) {
            const %s i = n * %d + k;
        %s    }
          }
        """,
        rows,
        length,
        team.members(),
        index().text(),
        length,
        statements);
  }

  /** A variable that holds all elements of a row combined, in all members of its team. */
  public String all(CType type, Combination how, String name, String statements, String value) {
    return String.format(Locale.ROOT, "  %s %s = %s;\n", type.text(), name, how.none(type))
        + each(statements + String.format(Locale.ROOT, "    %s = %s;\n", name, how.of(name, value)))
        + team.together(type, how, name);
  }
}
