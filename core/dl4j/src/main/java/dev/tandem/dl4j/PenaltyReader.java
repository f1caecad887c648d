package dev.tandem.dl4j;

import dev.tandem.core.regularizer.Regularizer;
import dev.tandem.core.regularizer.Regularizers;
import org.jspecify.annotations.Nullable;

/** L1 and L2 of a layer's settings. DL4J counts half of the squares. */
final class PenaltyReader {

  private PenaltyReader() {}

  /** The penalty under a key, {@code regularization} or {@code regularizationBias}; or null. */
  static @Nullable Regularizer read(Section layer, String key) {
    double l1 = 0;
    double l2 = 0;
    for (Section each : layer.sections(key)) {
      if (each.type().equals("L1Regularization")) {
        l1 += each.section("l1").number("value", 0);
      } else if (each.type().equals("L2Regularization")) {
        l2 += each.section("l2").number("value", 0) / 2;
      }
    }
    if (l1 == 0 && l2 == 0) {
      return null;
    }
    return Regularizers.l1l2(l1, l2);
  }
}
