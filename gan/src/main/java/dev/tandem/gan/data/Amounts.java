package dev.tandem.gan.data;

import java.util.Locale;

/** Numbers in messages. */
final class Amounts {

  private static final double THOUSAND = 1000;

  private Amounts() {}

  /** As in {@code 2.9 GB}. */
  static String bytes(long count) {
    String[] units = {"bytes", "kB", "MB", "GB", "TB"};
    double amount = count;
    int unit = 0;
    while (amount >= THOUSAND && unit < units.length - 1) {
      amount /= THOUSAND;
      unit++;
    }
    return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", amount, units[unit]);
  }

  /** As in {@code 60,000}. */
  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
