package dev.tandem.gan.config;

import java.util.Collection;
import java.util.Comparator;

/** The name that someone may have meant. */
public final class Nearest {

  private static final int LEAST_PART = 3;

  private Nearest() {}

  /**
   * The first of the names that the word is a part of, or else that the fewest letters have to
   * change, come or go for.
   */
  public static String to(String word, Collection<String> names) {
    return names.stream()
        .min(
            Comparator.<String, Boolean>comparing(
                    name -> word.length() < LEAST_PART || !name.contains(word))
                .thenComparing(name -> distance(word, name)))
        .orElseThrow(() -> new IllegalArgumentException("there are no names"));
  }

  /** Levenshtein's distance. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
