package dev.tandem.core.io;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;

/**
 * The differences between the weights in a file and those of a model.
 *
 * @param missing paths that the model has and the file has not
 * @param unexpected paths that the file has and the model has not
 * @param misfits paths that both have, with another shape or type, and both of these
 */
public record Differences(
    ImmutableList<String> missing,
    ImmutableList<String> unexpected,
    ImmutableList<String> misfits) {

  /** Whether everything was the same. */
  public boolean isEmpty() {
    return missing.isEmpty() && unexpected.isEmpty() && misfits.isEmpty();
  }

  /** As in {@code 2 missing in the file: a/kernel, a/bias}; long lists are cut. */
  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    describe(parts, missing, "missing in the file");
    describe(parts, unexpected, "in the file alone");
    describe(parts, misfits, "of another shape or type");
    return parts.isEmpty() ? "none" : String.join("; ", parts);
  }

  private static void describe(List<String> parts, ImmutableList<String> paths, String what) {
    if (!paths.isEmpty()) {
      parts.add(paths.size() + " " + what + ": " + Texts.shortened(paths));
    }
  }
}
