package dev.tandem.cuda.text;

import java.util.Locale;

/**
 * The text of kernels in which a team of threads works on each column of (rows, columns), or on a
 * stretch of it: neighboring threads read neighboring columns.
 *
 * @param rows of a column
 * @param columns how many there are
 * @param team who works on one
 * @param share the rows of one block
 */
public record ColumnText(long rows, long columns, Team team, long share) {

  private static final int THREADS = 256;

  /** The blocks that fill a card. */
  private static final long ENOUGH_BLOCKS = 264;

  /** Rows of a thread below which a stretch is not worth a block. */
  private static final long LEAST = 16;

  private static final long MOST_PARTS = 256;

  /** How a kernel on columns runs: by their shape alone. */
  public static ColumnText of(long rows, long columns) {
    Team team = Team.forColumns(columns, THREADS);
    long tiles = tiles(columns, team);
    long wanted = Math.min(MOST_PARTS, (ENOUGH_BLOCKS + tiles - 1) / tiles);
    long parts = Math.max(1, Math.min(wanted, rows / (team.members() * LEAST)));
    return new ColumnText(rows, columns, team, Math.max(1, (rows + parts - 1) / parts));
  }

  /** The same columns without a division into stretches. */
  public static ColumnText whole(long rows, long columns) {
    return new ColumnText(rows, columns, Team.forColumns(columns, THREADS), Math.max(1, rows));
  }

  private static long tiles(long columns, Team team) {
    return Math.max(1, (columns + team.teams() - 1) / team.teams());
  }

  /** How many blocks share a column. */
  public long parts() {
    return Math.max(1, (rows + share - 1) / share);
  }

  /** The blocks that run it. */
  public Grid grid() {
    return new Grid((int) tiles(columns, team), (int) parts(), team.threads(), 1);
  }

  /** The type of indices. */
  public CType index() {
    return ReducedIndex.indexType(rows * columns);
  }

  /** Statements that define "c", the column, and "first" and "last", the stretch of rows. */
  public String begin() {
    String counter = index().text();
    return team.places()
        + String.format(
            Locale.ROOT,
            "  const %s c = blockIdx.x * (%s)%d + x;\n",
            counter,
            counter,
            team.teams())
        + String.format(
            Locale.ROOT, "  const %s first = blockIdx.y * (%s)%d;\n", counter, counter, share)
        + String.format(
            Locale.ROOT,
            "  const %s last = first + %d < %d ? first + %d : %d;\n",
            counter,
            share,
            rows,
            share,
            rows);
  }

  /**
   * A loop over the elements of a column's stretch.
   *
   * @param statements for the element at "i", in row "n"
   */
  public String each(String statements) {
    return String.format(
        Locale.ROOT,
        """
          if (c < %dLL) {
        #pragma unroll 4
            for (%s n = first + y; n < last; n += %d) {
            const %s i = n * %d + c;
        %s    }
          }
        """,
        columns,
        index().text(),
        team.members(),
        index().text(),
        columns,
        statements);
  }

  /** A variable that holds a stretch combined, in all members of its team. */
  public String all(CType type, Combination how, String name, String statements, String value) {
    return String.format(Locale.ROOT, "  %s %s = %s;\n", type.text(), name, how.none(type))
        + each(statements + String.format(Locale.ROOT, "    %s = %s;\n", name, how.of(name, value)))
        + team.together(type, how, name);
  }

  /**
   * A variable that holds a number of each part of a column summed in float64, in all members.
   *
   * @param value of part "p", which begins at "at" in (parts, columns) and has "rows" rows
   */
  public String allParts(String name, String value) {
    return String.format(
            Locale.ROOT,
            """
          double %s = 0;
          if (c < %dLL) {
            for (int p = y; p < %d; p += %d) {
            const int at = p * %d + (int)c;
            const double rows = p < %d ? %d : %d;
            %s += %s;
            }
          }
        """,
            name,
            columns,
            parts(),
            team.members(),
            columns,
            parts() - 1,
            share,
            rows - (parts() - 1) * share,
            name,
            value)
        + team.together(CType.DOUBLE, Combination.SUM, name);
  }
}
