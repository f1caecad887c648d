package dev.tandem.examples.gan;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Ints;
import dev.tandem.gan.config.MetricSettings;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A measure of samples that was asked for.
 *
 * @param kind what is measured
 * @param samples how many are; 0 if that was not said
 * @param every rounds between two measurements; 0 for none but that at the end
 */
record AskedMetric(Kind kind, int samples, int every) {

  /** A kind of measure. */
  enum Kind {
    FID(false),
    KID(false),
    SWD(false),
    PRECISION(true),
    RECALL(true),
    DENSITY(true),
    COVERAGE(true);

    private final boolean higher;

    Kind(boolean higher) {
      this.higher = higher;
    }

    /** Whether more of it is better. */
    boolean isBetterHigher() {
      return higher;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final Pattern FORM = Pattern.compile("\\s*(\\w+)(?::(\\d+))?(?:@(\\d+|end))?\\s*");
  private static final String END = "end";
  private static final int ROUNDS = 500;

  /**
   * A text like {@code fid}, {@code fid:2000}, {@code fid:2000@100} or {@code fid:2000@end}.
   *
   * @throws IllegalArgumentException if it is none
   */
  static AskedMetric parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "\""
              + text
              + "\" is not like fid, fid:2000, fid:2000@500 (samples, rounds) or fid:2000@end");
    }
    boolean atTheEnd = END.equals(matcher.group(3));
    return new AskedMetric(
        kind(matcher.group(1)),
        number(matcher.group(2), 0),
        atTheEnd ? 0 : number(matcher.group(3), ROUNDS));
  }

  /**
   * Several of them, apart by commas.
   *
   * @throws IllegalArgumentException if one is none
   */
  static ImmutableList<AskedMetric> all(String text) {
    return Splitter.on(',')
        .splitToStream(text)
        .map(AskedMetric::parse)
        .collect(ImmutableList.toImmutableList());
  }

  /**
   * What a config asks for.
   *
   * @throws IllegalArgumentException if it is none
   */
  static ImmutableList<AskedMetric> of(MetricSettings settings) {
    try {
      return settings.measured().map(AskedMetric::all).orElse(ImmutableList.of());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("metrics.measured (--metrics): " + e.getMessage(), e);
    }
  }

  private static Kind kind(String name) {
    return Arrays.stream(Kind.values())
        .filter(kind -> kind.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () -> {
              ImmutableList<String> all =
                  Arrays.stream(Kind.values())
                      .map(Kind::toString)
                      .collect(ImmutableList.toImmutableList());
              return new IllegalArgumentException(
                  "there is no metric \"" + name + "\"; there are " + all);
            });
  }

  private static int number(String text, int usual) {
    if (text == null) {
      return usual;
    }
    Integer number = Ints.tryParse(text);
    if (number == null || number < 1) {
      throw new IllegalArgumentException("a number is not in [1, 2147483647]: " + text);
    }
    return number;
  }

  /** Whether it is measured while the run goes on. */
  boolean isOnTheWay() {
    return every > 0;
  }

  /** As in {@code fid:1000@500} or {@code fid:1000@end}. */
  @Override
  public String toString() {
    return kind + (samples == 0 ? "" : ":" + samples) + "@" + (isOnTheWay() ? every : END);
  }
}
