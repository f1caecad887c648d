package dev.tandem.cuda.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Places in a text that read an element of an input, where all of them together read each element
 * about once: it might as well be computed there.
 */
public final class Once {

  private static final String MARK = "/*once*/";
  private static final Pattern READ =
      Pattern.compile("\\bp(\\d+)\\[([^\\[\\]]*)\\]" + Pattern.quote(MARK));

  private Once() {}

  /** An element, read. */
  public static String read(String pointer, String index) {
    return pointer + "[" + index + "]" + MARK;
  }

  /** How many such places there are for a parameter. */
  public static long reads(String text, int parameter) {
    return READ.matcher(text)
        .results()
        .filter(match -> Integer.parseInt(match.group(1)) == parameter)
        .count();
  }

  /** A text that calls a function of the index instead. */
  public static String replaced(String text, int parameter, String function) {
    return READ.matcher(text)
        .replaceAll(
            match ->
                Matcher.quoteReplacement(
                    Integer.parseInt(match.group(1)) == parameter
                        ? function + "(" + match.group(2) + ")"
                        : match.group()));
  }
}
