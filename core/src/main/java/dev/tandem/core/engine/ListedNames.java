package dev.tandem.core.engine;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/** The names that a system property lists, separated by commas; blanks and case do not matter. */
final class ListedNames {

  private ListedNames() {}

  /**
   * The names, in small letters and with "_" for "-".
   *
   * @param kind what they are names of, for the message
   * @param known the names there are
   * @throws IllegalArgumentException if one is listed that there is not
   */
  static Set<String> of(String property, String kind, Collection<String> known) {
    Set<String> names = new LinkedHashSet<>();
    for (String listed : System.getProperty(property, "").split(",")) {
      String name = listed.strip().toLowerCase(Locale.ROOT).replace('-', '_');
      if (name.isEmpty()) {
        continue;
      }
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "-D"
                + property
                + " names no "
                + kind
                + " \""
                + listed.strip()
                + "\"; there are "
                + String.join(", ", known));
      }
      names.add(name);
    }
    return names;
  }
}
