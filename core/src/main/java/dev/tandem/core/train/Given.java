package dev.tandem.core.train;

import com.google.common.collect.ImmutableMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Arrays as users give them, of which none may be missing. */
final class Given {

  private Given() {}

  /**
   * The arrays.
   *
   * @param what they are: {@code input}
   */
  static ImmutableMap<String, INDArray> all(
      String what, @Nullable Map<String, ? extends @Nullable INDArray> arrays) {
    if (arrays == null) {
      throw new IllegalArgumentException("the map of " + what + "s is null; give arrays by name");
    }
    ImmutableMap.Builder<String, INDArray> all = ImmutableMap.builder();
    arrays.forEach((name, array) -> all.put(name, one(what, name, array)));
    return all.buildOrThrow();
  }

  /** The only array. */
  static ImmutableMap<String, INDArray> only(String what, @Nullable INDArray array) {
    return ImmutableMap.of(Training.ONLY, one(what, Training.ONLY, array));
  }

  private static INDArray one(String what, @Nullable String name, @Nullable INDArray array) {
    if (name == null) {
      throw new IllegalArgumentException("an " + what + " has null for a name; name it");
    }
    if (array == null) {
      String which = name.equals(Training.ONLY) ? what : what + " \"" + name + "\"";
      throw new IllegalArgumentException("the " + which + " is null; give an array");
    }
    return array;
  }
}
