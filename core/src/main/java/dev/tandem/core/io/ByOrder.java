package dev.tandem.core.io;

import com.google.common.collect.ImmutableMap;
import dev.tandem.core.op.Variable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Arrays in a file against arrays here, by their order: for models whose layers have other names.
 *
 * @param fitting pairs; all of them if there are no problems
 * @param problems where they differ in number, shape or type
 */
record ByOrder(ImmutableMap<Variable, ArrayEntry> fitting, List<String> problems) {

  static ByOrder of(Map<String, Variable> here, Map<String, ArrayEntry> file) {
    List<String> problems = new ArrayList<>();
    if (here.size() != file.size()) {
      problems.add(
          "there are " + file.size() + " weights in the file and " + here.size() + " here");
    }
    ImmutableMap.Builder<Variable, ArrayEntry> fitting = ImmutableMap.builder();
    Iterator<Map.Entry<String, ArrayEntry>> others = file.entrySet().iterator();
    int number = 0;
    for (Map.Entry<String, Variable> one : here.entrySet()) {
      if (!others.hasNext()) {
        break;
      }
      Map.Entry<String, ArrayEntry> other = others.next();
      ArrayEntry entry = other.getValue();
      number++;
      if (entry.spec().equals(one.getValue().spec())) {
        fitting.put(one.getValue(), entry);
      } else {
        problems.add(
            "weight "
                + number
                + " is "
                + other.getKey()
                + " "
                + entry.spec()
                + " in the file and "
                + one.getKey()
                + " "
                + one.getValue().spec()
                + " here");
      }
    }
    return new ByOrder(fitting.buildOrThrow(), problems);
  }

  /** Whether each of both has its fellow. */
  boolean fits() {
    return problems.isEmpty();
  }
}
