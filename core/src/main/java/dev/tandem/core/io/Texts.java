package dev.tandem.core.io;

import com.google.common.collect.Iterables;
import java.util.Collection;

/** Parts of messages. */
final class Texts {

  private static final int SHOWN = 8;

  private Texts() {}

  /** The first few of some names: {@code a, b, c and 9 more}. */
  static String shortened(Collection<String> names) {
    String first = String.join(", ", Iterables.limit(names, SHOWN));
    return names.size() <= SHOWN ? first : first + " and " + (names.size() - SHOWN) + " more";
  }
}
