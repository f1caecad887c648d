package dev.tandem.core.io;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.tandem.core.op.Variable;
import java.util.Map;

/**
 * Arrays in a file against arrays here, by path.
 *
 * @param fitting where both have one of the same shape and type
 * @param differences everything else
 */
record Matching(ImmutableMap<Variable, ArrayEntry> fitting, Differences differences) {

  static Matching of(Map<String, Variable> here, Map<String, ArrayEntry> file) {
    ImmutableMap.Builder<Variable, ArrayEntry> fitting = ImmutableMap.builder();
    ImmutableList.Builder<String> missing = ImmutableList.builder();
    ImmutableList.Builder<String> misfits = ImmutableList.builder();
    here.forEach(
        (path, variable) -> {
          ArrayEntry entry = file.get(path);
          if (entry == null) {
            missing.add(path);
          } else if (entry.spec().equals(variable.spec())) {
            fitting.put(variable, entry);
          } else {
            misfits.add(
                path + " is " + entry.spec() + " in the file and " + variable.spec() + " here");
          }
        });
    ImmutableList<String> unexpected =
        file.keySet().stream()
            .filter(path -> !here.containsKey(path))
            .collect(ImmutableList.toImmutableList());
    return new Matching(
        fitting.buildOrThrow(), new Differences(missing.build(), unexpected, misfits.build()));
  }
}
