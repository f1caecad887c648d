package dev.tandem.cuda.text;

import java.util.Locale;

/**
 * The threads of a block as teams: each team works on one thing, its members on parts of it. In a
 * kernel, x is the number of a thread's team in the block and y its own number in the team.
 *
 * @param teams of a block, a power of two
 * @param members of a team, a power of two
 * @param adjacent whether the threads of a team are neighbors; else neighbors belong to neighboring
 *     teams
 */
public record Team(int teams, int members, boolean adjacent) {

  private static final int WARP = 32;

  /** Teams of a block, each for a row of so many elements that lie side by side. */
  public static Team forRows(long length, int threads) {
    int members = Math.min(threads, powerOfTwo(Math.max(1, (length + 3) / 4)));
    // a whole warp for what a warp can do in a few turns
    members = members > WARP && length <= 16L * WARP ? WARP : members;
    return new Team(threads / members, members, true);
  }

  /** A team for each of so many neighboring columns, or for 32 of them. */
  public static Team forColumns(long columns, int threads) {
    int teams = Math.min(WARP, powerOfTwo(columns));
    return new Team(teams, threads / teams, false);
  }

  /** The next power of two. */
  static int powerOfTwo(long number) {
    return number <= 1 ? 1 : (int) Math.min(1 << 30, Long.highestOneBit(number - 1) * 2);
  }

  /** The threads of a block. */
  public int threads() {
    return teams * members;
  }

  /** Statements that define x and y. */
  public String places() {
    String fast = adjacent ? "y" : "x";
    String slow = adjacent ? "x" : "y";
    int size = adjacent ? members : teams;
    return String.format(
        Locale.ROOT,
        "  const int %s = threadIdx.x %% %d, %s = threadIdx.x / %d;\n",
        fast,
        size,
        slow,
        size);
  }

  /**
   * Statements after which a variable holds, in all members, what those of the team held combined.
   * All threads of a block have to come here.
   *
   * @param variable not const; its name is not that of another one that is combined
   */
  public String together(CType type, Combination how, String variable) {
    StringBuilder text = new StringBuilder();
    if (adjacent) {
      for (int by = Math.min(members, WARP) / 2; by > 0; by /= 2) {
        text.append("  ").append(variable).append(" = ");
        text.append(how.of(variable, "__shfl_xor_sync(~0u, " + variable + ", " + by + ")"));
        text.append(";\n");
      }
    }
    if (!adjacent && members > 1 || members > WARP) {
      text.append(adjacent ? acrossWarps(type, how, variable) : tree(type, how, variable));
    }
    return text.toString();
  }

  private String acrossWarps(CType type, Combination how, String variable) {
    String shared = variable + "_all";
    int warps = members / WARP;
    StringBuilder text = new StringBuilder(shared(type, shared, threads() / WARP));
    text.append(
        String.format(
            Locale.ROOT,
            "  if (threadIdx.x %% 32 == 0) %s[threadIdx.x / 32] = %s;\n",
            shared,
            variable));
    text.append("  __syncthreads();\n");
    text.append(String.format(Locale.ROOT, "  %s = %s[x * %d];\n", variable, shared, warps));
    for (int warp = 1; warp < warps; warp++) {
      String other = String.format(Locale.ROOT, "%s[x * %d + %d]", shared, warps, warp);
      text.append(String.format(Locale.ROOT, "  %s = %s;\n", variable, how.of(variable, other)));
    }
    return text.toString();
  }

  private String tree(CType type, Combination how, String variable) {
    String shared = variable + "_all";
    StringBuilder text = new StringBuilder(shared(type, shared, threads()));
    text.append(String.format(Locale.ROOT, "  %s[threadIdx.x] = %s;\n", shared, variable));
    for (int by = members / 2; by > 0; by /= 2) {
      String own = shared + "[threadIdx.x]";
      String other = String.format(Locale.ROOT, "%s[threadIdx.x + %d]", shared, by * teams);
      text.append("  __syncthreads();\n");
      text.append(
          String.format(Locale.ROOT, "  if (y < %d) %s = %s;\n", by, own, how.of(own, other)));
    }
    text.append("  __syncthreads();\n");
    text.append(String.format(Locale.ROOT, "  %s = %s[x];\n", variable, shared));
    return text.toString();
  }

  private static String shared(CType type, String name, int length) {
    return String.format(Locale.ROOT, "  __shared__ %s %s[%d];\n", type.text(), name, length);
  }
}
