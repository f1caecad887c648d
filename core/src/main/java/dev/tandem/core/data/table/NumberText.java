package dev.tandem.core.data.table;

import java.util.Locale;
import java.util.regex.Pattern;

/** Numbers as cells hold them: digits, a decimal point or comma, a sign, an exponent. */
final class NumberText {

  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");
  private static final Pattern DATE =
      Pattern.compile(
          "\\d{4}[-/.]\\d{1,2}([-/.]\\d{1,2}.*)?|\\d{1,2}[-/.]\\d{1,2}[-/.]\\d{2,4}.*"
              + "|\\d{1,2}:\\d{2}.*");
  private static final Pattern COMMA = Pattern.compile("[-+]?\\d*,\\d+([eE][-+]?\\d+)?");
  private static final Pattern GROUPS =
      Pattern.compile("[-+]?\\d{1,3}([.,' \u00A0]\\d{3})+([.,]\\d+)?");
  private static final Pattern NOTHING =
      Pattern.compile("(?i)n/?a|nan|null|none|nil|\\?+|-+|\\.|missing|unknown|#n/a|\\\\n");
  private static final int SHOWN = 40;

  private NumberText() {}

  /**
   * The number of a text.
   *
   * @param comma whether a comma stands before fractions
   * @throws BadCell if it is none that is finite
   */
  static double parse(String text, boolean comma) throws BadCell {
    String number = comma ? text.replace(',', '.') : text;
    if (comma && text.indexOf('.') >= 0 || !NUMBER.matcher(number).matches()) {
      throw new BadCell(quoted(text) + " is no number; " + remedy(text, comma));
    }
    double value = Double.parseDouble(number);
    if (!Double.isFinite(value)) {
      throw new BadCell(quoted(text) + " is beyond float64; mend it, or leave the row out");
    }
    return value;
  }

  /** Whether a text is one of a date or a time of day. */
  static boolean isDate(String text) {
    return DATE.matcher(text).matches() && !NUMBER.matcher(text).matches();
  }

  private static String remedy(String text, boolean comma) {
    if (NOTHING.matcher(text).matches()) {
      return String.format(
          Locale.ROOT,
          "if it stands for a missing value, say so by CsvFile.missing(%s), and what takes its"
              + " place by number(…).missing(…)",
          quoted(text));
    }
    if (isDate(text)) {
      return "it looks like a date or a time: put numbers in its place, as year, month and weekday"
          + " or the days since a day, each in a column of its own, or leave the column out";
    }
    if (GROUPS.matcher(text).matches() && (comma || !COMMA.matcher(text).matches())) {
      return "take out the marks between groups of digits";
    }
    if (!comma && COMMA.matcher(text).matches()) {
      return "if its comma stands before fractions, say so by CsvFile.withDecimalComma(); else take"
          + " it out";
    }
    if (comma && NUMBER.matcher(text).matches()) {
      return "fractions begin with a comma here, by CsvFile.withDecimalComma(); leave that out if"
          + " it is a point";
    }
    return "mend it, or take the column as category(…)";
  }

  /** A value as messages show it, cut if it is long. */
  static String quoted(String text) {
    String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    return "\"" + shown.replace("\n", "\\n") + "\"";
  }
}
