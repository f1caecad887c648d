package dev.tandem.core.engine;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.tensor.TensorSpec;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a plan does and how long it takes.
 *
 * @param entries its kernels in the order of their runs
 * @param arenaBytes the memory that intermediate values share
 * @param unsharedBytes what they would take without sharing
 */
public record PlanProfile(ImmutableList<Entry> entries, long arenaBytes, long unsharedBytes) {

  /**
   * One kernel.
   *
   * @param op the op, or "copy"
   * @param library whose kernel it is
   * @param origin the layer, loss or optimizer that drew the op
   * @param inputs what it reads
   * @param outputs what it writes
   * @param bytes how much it reads and writes
   * @param micros the time of one run, or 0 if nothing was timed
   */
  public record Entry(
      String op,
      String library,
      String origin,
      ImmutableList<TensorSpec> inputs,
      ImmutableList<TensorSpec> outputs,
      long bytes,
      double micros) {

    /** The operations of a product or convolution by its shapes, 0 for anything else. */
    public double operations() {
      return FlopCount.of(op, inputs, outputs);
    }
  }

  /** The operations of all products and convolutions. */
  public double operations() {
    return entries.stream().mapToDouble(Entry::operations).sum();
  }

  /** The time of all kernels. */
  public double totalMicros() {
    return entries.stream().mapToDouble(Entry::micros).sum();
  }

  /** The dearest kernels, dearest first. */
  public ImmutableList<Entry> dearest(int number) {
    return entries.stream()
        .sorted(Comparator.comparingDouble(Entry::micros).reversed())
        .limit(number)
        .collect(ImmutableList.toImmutableList());
  }

  /** The time by origin, in the order of first appearance. */
  public Map<String, Double> microsByOrigin() {
    Map<String, Double> sums = new LinkedHashMap<>();
    entries.forEach(entry -> sums.merge(entry.origin(), entry.micros(), Double::sum));
    return sums;
  }

  /** A table of all kernels. */
  @Override
  public String toString() {
    return table(entries);
  }

  /** A table of some of the entries, their shares of this plan's time. */
  public String table(List<Entry> some) {
    return table(some, totalMicros());
  }

  /**
   * A table of some of the entries.
   *
   * @param total the microseconds of which shares are given
   */
  public String table(List<Entry> some, double total) {
    StringBuilder text = new StringBuilder();
    text.append(
        format(
            "%d kernels, %.1f us, arena %.2f MB (%.2f MB without sharing)%n",
            entries.size(), totalMicros(), arenaBytes / 1e6, unsharedBytes / 1e6));
    text.append(
        format(
            "%10s %5s %9s %8s  %-9s %-26s %s%n",
            "us", "%", "MB", "GFLOP/s", "library", "op", "on"));
    for (Entry entry : some) {
      text.append(
          format(
              "%10.1f %5.1f %9.3f %8s  %-9s %-26s %s%n",
              entry.micros(),
              total > 0 ? 100 * entry.micros() / total : 0,
              entry.bytes() / 1e6,
              rate(entry),
              entry.library(),
              entry.op(),
              place(entry)));
    }
    return text.toString();
  }

  private static String rate(Entry entry) {
    boolean known = entry.operations() > 0 && entry.micros() > 0;
    return known ? format("%.1f", entry.operations() / entry.micros() / 1e3) : "";
  }

  private static String place(Entry entry) {
    String shapes = shapes(entry.inputs()) + " -> " + shapes(entry.outputs());
    return entry.origin().isEmpty() ? shapes : shapes + "  in " + entry.origin();
  }

  private static String shapes(List<TensorSpec> specs) {
    return String.join(" ", specs.stream().map(spec -> spec.shape().toString()).toList());
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
