package dev.tandem.gan.preset;

import dev.tandem.core.data.Dataset;
import java.util.BitSet;
import java.util.OptionalInt;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The number of classes of a data set. */
public final class LabelledClasses {

  private static final int MOST = 100_000;

  private LabelledClasses() {}

  /**
   * One more than the largest label, if the only target of the data are integer labels (n) that
   * leave no class out; empty otherwise.
   */
  public static OptionalInt of(Dataset data) {
    if (data.targets().size() != 1) {
      return OptionalInt.empty();
    }
    INDArray labels = data.targets().values().iterator().next();
    if (!labels.dataType().isIntType() || labels.rank() != 1) {
      return OptionalInt.empty();
    }
    BitSet seen = new BitSet();
    for (long label : labels.toLongVector()) {
      if (label < 0 || label >= MOST) {
        return OptionalInt.empty();
      }
      seen.set((int) label);
    }
    int classes = seen.cardinality();
    return classes >= 2 && seen.length() == classes ? OptionalInt.of(classes) : OptionalInt.empty();
  }
}
