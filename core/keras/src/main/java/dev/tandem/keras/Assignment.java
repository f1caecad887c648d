package dev.tandem.keras;

import dev.tandem.core.data.DataFileException;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.tensor.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Which array of a file goes into which weight: collected first, read when nothing is wrong. */
final class Assignment {

  private static final int SHOWN = 20;

  private final Map<Weight, StoredArray> pairs = new LinkedHashMap<>();
  private final Map<Weight, String> paths = new LinkedHashMap<>();
  private final Set<String> used = new HashSet<>();
  private final List<String> problems = new ArrayList<>();

  /** The weights that are to be brought, by what messages call them. */
  Assignment(Map<String, Weight> wanted) {
    wanted.forEach((path, weight) -> paths.put(weight, path));
  }

  String path(Weight weight) {
    return paths.getOrDefault(weight, weight.path());
  }

  /** Gives a weight its array, if shape and type are right. */
  void pair(Weight weight, StoredArray array) {
    used.add(array.path());
    if (pairs.containsKey(weight)) {
      return; // the same layer again, stored twice
    }
    Shape here = weight.shape();
    if (!array.shape().equals(here)) {
      problems.add(
          "\"" + array.path() + "\" is " + array.shape() + " and " + path(weight) + " is " + here);
    } else if (!array.type().startsWith("float")) {
      problems.add(
          "\"" + array.path() + "\" holds " + array.type() + ", and weights are floating point");
    } else {
      pairs.put(weight, array);
    }
  }

  void complain(String problem) {
    problems.add(problem);
  }

  boolean isUsed(StoredArray array) {
    return used.contains(array.path());
  }

  /** The weights that no array was found for, and of which nothing was said yet. */
  List<String> missing() {
    return paths.entrySet().stream()
        .filter(entry -> !pairs.containsKey(entry.getKey()))
        .map(Map.Entry::getValue)
        .filter(path -> problems.stream().noneMatch(problem -> problem.contains(path)))
        .toList();
  }

  int size() {
    return pairs.size();
  }

  /** The array of a weight, if there is one. */
  @Nullable StoredArray of(Weight weight) {
    return pairs.get(weight);
  }

  /** Ends loading if not all weights have their array, or there are arrays without a weight. */
  void requireAll(String file, List<StoredArray> unclaimed, String nextStep) {
    List<String> all = new ArrayList<>(problems);
    List<String> missing = missing();
    if (!missing.isEmpty()) {
      all.add("there is no array for " + shown(missing));
    }
    if (!unclaimed.isEmpty()) {
      all.add(
          "there is no weight for "
              + shown(
                  unclaimed.stream()
                      .map(array -> "\"" + array.path() + "\" " + array.shape())
                      .toList()));
    }
    require(file, all, nextStep);
  }

  /** Ends loading if something is wrong with what was paired. */
  void requireFits(String file, String nextStep) {
    require(file, problems, nextStep);
  }

  List<String> problems() {
    return problems;
  }

  private static void require(String file, List<String> all, String nextStep) {
    if (!all.isEmpty()) {
      throw new DataFileException(
          file,
          "weights do not fit; nothing was loaded:\n  "
              + String.join("\n  ", all)
              + "\n"
              + nextStep);
    }
  }

  private static String shown(List<String> names) {
    return names.size() <= SHOWN
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, SHOWN)) + " and " + (names.size() - SHOWN) + " more";
  }

  /**
   * Reads all arrays and sets all weights.
   *
   * @return remarks on what was read
   */
  List<String> run() {
    List<String> notes = new ArrayList<>();
    Map<Weight, INDArray> values = new LinkedHashMap<>();
    pairs.forEach(
        (weight, array) -> {
          INDArray read = array.read(weight.spec().dtype());
          values.put(weight, read);
          if (read.length() > 0 && !Float.isFinite(read.sumNumber().floatValue())) {
            notes.add(path(weight) + " holds numbers that are not finite, as the file does");
          }
        });
    values.forEach(Weight::set);
    return notes;
  }
}
