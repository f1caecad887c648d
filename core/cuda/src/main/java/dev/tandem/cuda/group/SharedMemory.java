package dev.tandem.cuda.group;

import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The arrays that threads of a block share, of kernels of which each block runs only one: they lie
 * in the same memory.
 *
 * @param text of a kernel, in which arrays are places in "shared"
 * @param bytes what they take
 */
record SharedMemory(String text, long bytes) {

  private static final Pattern ARRAY =
      Pattern.compile("__shared__ (float|double) (\\w+)((?:\\[\\d+\\])+);");
  private static final Pattern SIZE = Pattern.compile("\\d+");

  /** What a block may have on all cards. */
  private static final long MOST = 48 << 10;

  /** Whether all arrays are such that they can be placed. */
  static boolean isKnown(String body) {
    SharedMemory memory = of(body);
    return !memory.text.contains("__shared__") && memory.bytes <= MOST;
  }

  /** The text of a kernel with arrays in common memory. */
  static SharedMemory of(String body) {
    StringBuilder text = new StringBuilder();
    long bytes = 0;
    Matcher matcher = ARRAY.matcher(body);
    while (matcher.find()) {
      MatchResult array = matcher.toMatchResult();
      String sizes = array.group(3);
      matcher.appendReplacement(
          text,
          Matcher.quoteReplacement(
              String.format(
                  Locale.ROOT,
                  "%1$s (&%2$s)%3$s = *(%1$s (*)%3$s)(shared + %4$d);",
                  array.group(1),
                  array.group(2),
                  sizes,
                  bytes / Double.BYTES)));
      long length =
          SIZE.matcher(sizes)
              .results()
              .mapToLong(size -> Long.parseLong(size.group()))
              .reduce(1, (a, b) -> a * b);
      long width = array.group(1).equals("float") ? Float.BYTES : Double.BYTES;
      bytes += (length * width + Double.BYTES - 1) / Double.BYTES * Double.BYTES;
    }
    return new SharedMemory(matcher.appendTail(text).toString(), bytes);
  }

  /** The declaration of common memory. */
  static String declaration(long bytes) {
    return bytes == 0
        ? ""
        : String.format(Locale.ROOT, "  __shared__ double shared[%d];\n", bytes / Double.BYTES);
  }
}
