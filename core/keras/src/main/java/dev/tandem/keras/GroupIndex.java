package dev.tandem.keras;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The groups and arrays of a file by their paths. Files that Keras 2 wrote on Windows have names
 * with backslashes, as in {@code layers\dense}, for groups in groups.
 */
final class GroupIndex {

  private final Map<String, StoredArray> arrays = new LinkedHashMap<>();
  private final Map<String, Set<String>> children = new HashMap<>();
  private final Map<String, String> names = new HashMap<>();

  GroupIndex(Hdf5.Entry root) {
    for (StoredArray array : root.arrays()) {
      String path = slashed(array.path());
      arrays.put(path, array);
      note(path);
    }
    for (Hdf5.Entry group : root.groupsBelow()) {
      String path = slashed(group.path());
      note(path);
      if (path.endsWith("/vars")) {
        group
            .text("name")
            .ifPresent(
                name -> names.put(path.substring(0, path.length() - "/vars".length()), name));
      }
    }
  }

  private static String slashed(String path) {
    return path.replace('\\', '/');
  }

  private void note(String path) {
    for (int end = path.lastIndexOf('/'); end >= 0; end = path.lastIndexOf('/', end - 1)) {
      String around = path.substring(0, end);
      int next = path.indexOf('/', end + 1);
      children
          .computeIfAbsent(around, key -> new LinkedHashSet<>())
          .add(path.substring(end + 1, next < 0 ? path.length() : next));
    }
    int first = path.indexOf('/');
    children
        .computeIfAbsent("", key -> new LinkedHashSet<>())
        .add(first < 0 ? path : path.substring(0, first));
  }

  boolean has(String path) {
    return children.containsKey(path) || arrays.containsKey(path);
  }

  Optional<StoredArray> array(String path) {
    return Optional.ofNullable(arrays.get(path));
  }

  /** The names of what is in a group. */
  Set<String> inside(String path) {
    return children.getOrDefault(path, Set.of());
  }

  /** The name of the layer of a group; that of the group where files hold none. */
  String nameOf(String group) {
    return names.getOrDefault(group, group.substring(group.lastIndexOf('/') + 1));
  }

  /** The arrays below a group. */
  List<StoredArray> below(String path) {
    List<StoredArray> all = new ArrayList<>();
    arrays.forEach(
        (name, array) -> {
          if (name.startsWith(path + "/")) {
            all.add(array);
          }
        });
    return all;
  }
}
