package dev.tandem.keras;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A file that is read, and what cannot be imported of it, collected so that it can be said at once.
 */
final class Problems {

  private final Set<String> all = new LinkedHashSet<>();
  private final boolean keras2;

  Problems(boolean keras2) {
    this.keras2 = keras2;
  }

  /** Whether the file is of Keras 2 or older. */
  boolean isKeras2() {
    return keras2;
  }

  void add(String place, String problem) {
    all.add(place + ": " + problem);
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  List<String> all() {
    return new ArrayList<>(all);
  }

  /** Ends the import if there are any. */
  void require(String file) {
    if (!all.isEmpty()) {
      throw new UnsupportedKerasException(file, all());
    }
  }
}
