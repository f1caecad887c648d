package dev.tandem.core.io;

import dev.tandem.core.data.DataFileException;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The arrays that are to be read from a save: collected and compared first, read when nothing
 * speaks against.
 */
final class Loading {

  private final Save save;
  private final Map<Variable, ArrayEntry> wanted = new LinkedHashMap<>();
  private final Map<ArrayEntry, Variable> readers = new HashMap<>();
  private final List<String> problems = new ArrayList<>();

  Loading(Save save) {
    this.save = save;
  }

  /** The weights of a model. */
  void add(Model model, Map<String, ArrayEntry> entries) {
    Map<String, Variable> here = ModelEntries.weights(model);
    add(
        "weights differ from those of " + model,
        here,
        NumberedPaths.renumbered(model, here.keySet(), entries));
  }

  /** Arrays by path; a complaint begins with {@code differ}. */
  void add(String differ, Map<String, Variable> here, Map<String, ArrayEntry> entries) {
    Matching matching = Matching.of(here, entries);
    if (!matching.differences().isEmpty()) {
      problems.add(differ + ": " + matching.differences());
    }
    matching.fitting().forEach(this::add);
  }

  /** An array and what is read into it. */
  void add(Variable variable, ArrayEntry entry) {
    ArrayEntry other = wanted.putIfAbsent(variable, entry);
    if (other != null && !other.equals(entry)) {
      problems.add(
          "\""
              + variable.name()
              + "\" is shared here and was two arrays when it was saved: "
              + other.name()
              + " and "
              + entry.name());
    }
    Variable reader = readers.putIfAbsent(entry, variable);
    if (reader != null && reader != variable) {
      problems.add(
          "\""
              + entry.name()
              + "\" was shared when it was saved and is two arrays here: "
              + reader.name()
              + " and "
              + variable.name());
    }
  }

  void complain(String problem) {
    problems.add(problem);
  }

  /** Reads everything, or nothing and says why and what to do instead. */
  void run(String nextStep) {
    if (!problems.isEmpty()) {
      throw new DataFileException(
          save.directory().toString(),
          String.join(". Also ", problems) + "; nothing was loaded; " + nextStep);
    }
    save.read(wanted);
  }
}
