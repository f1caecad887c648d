package dev.tandem.gan.data;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Files of two folders that belong together by their names without the endings. */
final class PairedNames {

  private PairedNames() {}

  /**
   * Checks that each file has one partner, and stands where that stands.
   *
   * @throws IllegalArgumentException if one has none, or two; names the first
   */
  static void require(ImmutableList<Path> first, ImmutableList<Path> second) {
    Map<String, Path> left = byStem(first);
    Map<String, Path> right = byStem(second);
    requirePartners(first, second, right);
    requirePartners(second, first, left);
    for (int i = 0; i < first.size(); i++) {
      if (!stem(first.get(i)).equals(stem(second.get(i)))) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "pictures of two folders are read in the order of their names, and the endings let"
                    + " %s and %s stand in the same place; give all files the same ending",
                first.get(i),
                second.get(i)));
      }
    }
  }

  private static void requirePartners(
      ImmutableList<Path> files, ImmutableList<Path> others, Map<String, Path> partners) {
    for (Path file : files) {
      if (!partners.containsKey(stem(file))) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "pictures of two folders belong together by their names, and %s (of %s) has no"
                    + " partner in %s (of %s); rename or remove what has none",
                file,
                Amounts.count(files.size()),
                others.get(0).toAbsolutePath().getParent(),
                Amounts.count(others.size())));
      }
    }
  }

  private static Map<String, Path> byStem(ImmutableList<Path> files) {
    Map<String, Path> byStem = new TreeMap<>();
    for (Path file : files) {
      Path twin = byStem.put(stem(file), file);
      if (twin != null) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "pictures of two folders belong together by their names without the endings, and"
                    + " %s and %s have the same; rename one",
                twin,
                file.getFileName()));
      }
    }
    return byStem;
  }

  /** The bytes of the name, which a locale may have no letters for, up to the ending. */
  private static String stem(Path file) {
    String uri = file.toUri().getRawPath();
    String name = uri.substring(uri.lastIndexOf('/') + 1);
    return name.substring(0, name.lastIndexOf('.'));
  }
}
