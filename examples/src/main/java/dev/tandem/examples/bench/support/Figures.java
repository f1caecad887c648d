package dev.tandem.examples.bench.support;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a program measured.
 *
 * @param median of a step, in ms
 * @param low the time, in ms, that a tenth of the steps stay below
 * @param high the time, in ms, that nine tenths of the steps stay below
 * @param stepsPerSecond pauses included
 * @param peakMegabytes the most memory the process had
 * @param tail the time, in ms, that 99 of 100 steps stay below; not a number if it was not told
 * @param firstStepSeconds from the start of the JVM to the first completed step
 */
public record Figures(
    double median,
    double low,
    double high,
    double stepsPerSecond,
    double peakMegabytes,
    double tail,
    double firstStepSeconds) {

  private static final Pattern FIRST_STEP = Pattern.compile("first_step_s=(\\d+\\.\\d+)");
  private static final Pattern TAIL = Pattern.compile("p99_ms=(\\d+\\.\\d+)");

  /** Reads a program's lines: the first that begins with the label, and the remark on it. */
  public static Optional<Figures> read(String label, List<String> lines) {
    String number = " (\\d+(?:\\.\\d+)?)";
    Pattern result = Pattern.compile(Pattern.quote(label) + number.repeat(5));
    double tail = remark(TAIL, label, lines);
    double firstStep = remark(FIRST_STEP, label, lines);
    return lines.stream()
        .map(result::matcher)
        .filter(Matcher::matches)
        .map(matcher -> of(matcher, tail, firstStep))
        .findFirst();
  }

  private static double remark(Pattern figure, String label, List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith("# " + label + " "))
        .map(figure::matcher)
        .filter(Matcher::find)
        .mapToDouble(matcher -> Double.parseDouble(matcher.group(1)))
        .findFirst()
        .orElse(Double.NaN);
  }

  private static Figures of(Matcher matcher, double tail, double firstStep) {
    double[] numbers = new double[5];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Double.parseDouble(matcher.group(i + 1));
    }
    return new Figures(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], tail, firstStep);
  }

  /** The median of each figure over rounds. */
  public static Figures median(List<Figures> rounds) {
    return new Figures(
        median(rounds, Figures::median),
        median(rounds, Figures::low),
        median(rounds, Figures::high),
        median(rounds, Figures::stepsPerSecond),
        median(rounds, Figures::peakMegabytes),
        median(rounds, Figures::tail),
        median(rounds, Figures::firstStepSeconds));
  }

  private static double median(List<Figures> rounds, ToDoubleFunction<Figures> figure) {
    double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
