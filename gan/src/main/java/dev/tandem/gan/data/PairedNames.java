package dev.tandem.gan.data;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Files of two folders that belong together by their names without the endings. */
final class PairedNames {

  private PairedNames() {}

  /**
   * Checks that each file has one partner, and stands where that stands.
   *
   * @param first folder
   * @param files in it, as in addresses
   * @param second folder
   * @param others the files in that
   * @throws IllegalArgumentException if one has none, or two; names the first
   */
  static void require(String first, List<String> files, String second, List<String> others) {
    Map<String, String> left = byStem(first, files);
    Map<String, String> right = byStem(second, others);
    requirePartners(first, files, second, right);
    requirePartners(second, others, first, left);
    for (int i = 0; i < files.size(); i++) {
      if (!stem(files.get(i)).equals(stem(others.get(i)))) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "pictures of two folders are read in the order of their names, and the endings let"
                    + " %s of %s and %s of %s stand in the same place; give all files the same"
                    + " ending",
                Unread.shown(files.get(i)),
                first,
                Unread.shown(others.get(i)),
                second));
      }
    }
  }

  private static void requirePartners(
      String folder, List<String> files, String other, Map<String, String> partners) {
    for (String file : files) {
      if (!partners.containsKey(stem(file))) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "pictures of two folders belong together by their names, and %s of %s (%s) has no"
                    + " partner in %s (%s); rename or remove what has none",
                Unread.shown(file),
                folder,
                Amounts.count(files.size()),
                other,
                Amounts.count(partners.size())));
      }
    }
  }

  private static Map<String, String> byStem(String folder, List<String> files) {
    Map<String, String> byStem = new TreeMap<>();
    for (String file : files) {
      String twin = byStem.put(stem(file), file);
      if (twin != null) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "pictures of two folders belong together by their names without the endings, and"
                    + " %s and %s of %s have the same; rename one",
                Unread.shown(twin),
                Unread.shown(file),
                folder));
      }
    }
    return byStem;
  }

  private static String stem(String file) {
    int dot = file.lastIndexOf('.');
    return dot < 0 ? file : file.substring(0, dot);
  }
}
