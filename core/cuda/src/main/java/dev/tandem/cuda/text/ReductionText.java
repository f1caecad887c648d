package dev.tandem.cuda.text;

import dev.tandem.core.op.Axes;
import dev.tandem.core.tensor.Shape;
import java.util.Locale;

/**
 * The text of a reduction: teams of threads, each for one output, whose members take elements in
 * turns and combine what they have as a tree.
 *
 * @param index where elements lie
 * @param team who works on an output
 * @param parts how many blocks share the elements of an output; the results of all but one part
 *     have to be combined afterwards
 */
public record ReductionText(ReducedIndex index, Team team, long parts) {

  private static final int THREADS = 256;

  /** Elements that a thread has at hand at once. */
  private static final int AT_ONCE = 4;

  /** The blocks that fill a card. */
  private static final long ENOUGH_BLOCKS = 264;

  /** Elements of a thread below which sharing is not worth another launch. */
  private static final long LEAST = 16;

  private static final int MOST_PARTS = 1024;

  /** How a reduction runs: by its shape alone. */
  public static ReductionText of(ReducedIndex index) {
    boolean rows = index.width() == 1 || index.outputs() == 1;
    Team team =
        rows
            ? Team.forRows(index.reduced(), THREADS)
            : Team.forColumns(Math.min(index.outputs(), index.width()), THREADS);
    long blocks = blocks(index.outputs(), team);
    long turns = index.reduced() / team.members();
    long wanted = (ENOUGH_BLOCKS + blocks - 1) / blocks;
    long parts = Math.min(MOST_PARTS, Math.min(wanted, turns / LEAST));
    return new ReductionText(index, team, blocks * 2 > ENOUGH_BLOCKS ? 1 : Math.max(1, parts));
  }

  /** The sum or largest of what the parts of a reduction came to, which lie as (parts, outputs). */
  public static ReductionText ofParts(long parts, long outputs) {
    Shape shape = Shape.of(parts, outputs);
    ReductionText text = of(new ReducedIndex(shape, Axes.of(shape, 0)));
    return new ReductionText(text.index(), text.team(), 1);
  }

  private static long blocks(long outputs, Team team) {
    return Math.max(1, (outputs + team.teams() - 1) / team.teams());
  }

  /** The blocks that run it. */
  public Grid grid() {
    return new Grid(
        (int) Math.min(Integer.MAX_VALUE, blocks(index.outputs(), team)),
        (int) parts,
        team.threads(),
        1);
  }

  /**
   * The body.
   *
   * @param element statements that compute the element at "j" of output "i"
   * @param value the variable that holds it then
   * @param end statements for one thread of each output: "i" is the output, "total" the result
   */
  public String body(CType type, Combination how, String element, String value, String end) {
    String counter = index.type().text();
    long share = (index.reduced() + parts - 1) / parts;
    long turns = (share + team.members() - 1) / team.members();
    long atOnce = Math.max(1, Math.min(AT_ONCE, turns));
    StringBuilder text = new StringBuilder(team.places());
    text.append(
        String.format(
            Locale.ROOT,
            "  const %s i = blockIdx.x * (%s)%d + x;\n",
            counter,
            counter,
            team.teams()));
    text.append(
        String.format(
            Locale.ROOT,
            "  const %s first = %s;\n",
            counter,
            parts == 1 ? "0" : "blockIdx.y * (" + counter + ")" + share));
    text.append(
        String.format(Locale.ROOT, "  const %s last = %s;\n", counter, last(counter, share)));
    text.append(String.format(Locale.ROOT, "  %s some[%d];\n", type.text(), atOnce));
    text.append(
        String.format(
            Locale.ROOT, "  for (int u = 0; u < %d; u++) some[u] = %s;\n", atOnce, how.none(type)));
    text.append(String.format(Locale.ROOT, "  if (i < %dLL) {\n", index.outputs()));
    text.append(
        String.format(
            Locale.ROOT,
            "    for (%s begin = first + y; begin < last; begin += %d) {\n",
            counter,
            atOnce * team.members()));
    text.append("#pragma unroll\n");
    text.append(String.format(Locale.ROOT, "    for (int u = 0; u < %d; u++) {\n", atOnce));
    text.append(
        String.format(Locale.ROOT, "    const %s r = begin + u * %d;\n", counter, team.members()));
    text.append("    if (r < last) {\n");
    text.append(String.format(Locale.ROOT, "    const %s j = %s;\n", counter, index.at("i", "r")));
    text.append(element);
    text.append(String.format(Locale.ROOT, "    some[u] = %s;\n", how.of("some[u]", value)));
    text.append("    }}}\n  }\n");
    for (int by = 1; by < atOnce; by *= 2) {
      for (int u = 0; u + by < atOnce; u += 2 * by) {
        text.append(
            String.format(
                Locale.ROOT,
                "  some[%d] = %s;\n",
                u,
                how.of("some[" + u + "]", "some[" + (u + by) + "]")));
      }
    }
    text.append(String.format(Locale.ROOT, "  %s total = some[0];\n", type.text()));
    text.append(team.together(type, how, "total"));
    text.append(String.format(Locale.ROOT, "  if (y == 0 && i < %dLL) {\n", index.outputs()));
    text.append(end).append("  }\n");
    return text.toString();
  }

  private String last(String counter, long share) {
    return parts == 1
        ? "(" + counter + ")" + index.reduced()
        : String.format(
            Locale.ROOT,
            "first + %d < %d ? first + %d : (%s)%d",
            share,
            index.reduced(),
            share,
            counter,
            index.reduced());
  }
}
