package dev.tandem.keras;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A file that is read, and what cannot be imported of it, collected so that it can be said at once.
 */
final class Problems {

  /** Places by what is wrong there. */
  private final Map<String, Set<String>> all = new LinkedHashMap<>();

  private final boolean keras2;

  Problems(boolean keras2) {
    this.keras2 = keras2;
  }

  /** Whether the file is of Keras 2 or older. */
  boolean isKeras2() {
    return keras2;
  }

  void add(String place, String problem) {
    all.computeIfAbsent(problem, key -> new LinkedHashSet<>()).add(place);
  }

  /** Each with its place, or with all of them. */
  List<String> all() {
    List<String> texts = new ArrayList<>();
    all.forEach(
        (problem, places) -> {
          List<String> rest = new ArrayList<>(places);
          String first = rest.remove(0);
          texts.add(
              first
                  + ": "
                  + problem
                  + (rest.isEmpty() ? "" : ". The same at " + String.join("; ", rest)));
        });
    return texts;
  }

  /** Ends the import if there are any. */
  void require(String file) {
    if (!all.isEmpty()) {
      throw new UnsupportedKerasException(file, all());
    }
  }
}
