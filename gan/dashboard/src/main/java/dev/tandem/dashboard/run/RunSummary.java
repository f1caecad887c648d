package dev.tandem.dashboard.run;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the list of runs says of one.
 *
 * @param id its folder below that of all runs, with slashes
 * @param preset what it trains; empty if nothing says so
 * @param data what it is trained on; empty if nothing says so
 * @param state how far it is: running, silent ("stale"), interrupted, ended, or empty
 * @param why the state in words
 * @param round of the last line; 0 before the first one
 * @param rounds that it is to have; 0 if nothing says so
 * @param seconds of training
 * @param speed rounds in a second, lately; 0 if it is not known
 * @param last the last line of its numbers
 * @param best the best of each measure
 * @param measure the first of the measures; null if there is none
 * @param lines how many lines there are
 * @param generation counts how often lines that were told are no longer so
 * @param samples how many pictures of samples there are
 * @param warnings how many were logged
 * @param changed when it last wrote, in milliseconds since 1970
 * @param walks whether it has a generator to walk through
 */
public record RunSummary(
    String id,
    String preset,
    String data,
    String state,
    String why,
    long round,
    long rounds,
    double seconds,
    double speed,
    Map<String, Double> last,
    Map<String, Best> best,
    @Nullable String measure,
    int lines,
    int generation,
    int samples,
    int warnings,
    long changed,
    boolean walks) {

  /**
   * The best of a measure.
   *
   * @param value of it
   * @param round in which it was taken
   */
  public record Best(double value, long round) {}
}
