package dev.tandem.cuda.text;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Statements that write an element of a result, each element once and by one thread: something more
 * can be done there with the element, in the same kernel.
 */
public final class Made {

  private static final String MARK = "/*made*/";

  /** The last digits of the parameter, the index and the value. */
  private static final Pattern STORE =
      Pattern.compile("\\bp(\\d+)\\[([^\\[\\]]*)\\] = ([^;]*);" + Pattern.quote(MARK));

  private Made() {}

  /**
   * The statement for an element.
   *
   * @param pointer a parameter, all of which the kernel writes by such statements
   * @param index an expression without brackets
   */
  public static String store(String pointer, String index, String value) {
    return String.format(Locale.ROOT, "%s[%s] = %s;%s", pointer, index, value, MARK);
  }

  /** All such statements of a text; groups are the number of the parameter, index and value. */
  public static Matcher stores(String text) {
    return STORE.matcher(text);
  }

  /** A text in which nothing more can be done with elements. */
  public static String unmarked(String text) {
    return text.replace(MARK, "");
  }
}
