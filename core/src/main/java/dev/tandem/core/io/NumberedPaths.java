package dev.tandem.core.io;

import com.google.common.collect.ImmutableMap;
import dev.tandem.core.graph.Operation;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.model.CallSite;
import dev.tandem.core.model.Model;
import dev.tandem.core.model.ModelWalk;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Paths in files in which layers without a name have other numbers than here: those of a counter
 * that ran through the whole JVM, {@code dense_7} for {@code dense_1}. They are matched in their
 * order, each with a path that is the same but for the numbers of layers that have no name here.
 */
final class NumberedPaths {

  private static final String NUMBER = "(_\\d+)?";

  private NumberedPaths() {}

  /**
   * The arrays of a file by the paths of here; as they are if they do not differ by such numbers
   * alone.
   *
   * @param here paths of the model's weights, with or without a {@code #} and a slot
   */
  static <T> Map<String, T> renumbered(Model model, Iterable<String> here, Map<String, T> file) {
    List<String> paths = new ArrayList<>();
    here.forEach(paths::add);
    if (paths.size() != file.size() || file.keySet().containsAll(paths)) {
      return file;
    }
    Map<String, Pattern> patterns = patterns(model);
    ImmutableMap.Builder<String, T> renumbered = ImmutableMap.builder();
    int at = 0;
    for (Map.Entry<String, T> entry : file.entrySet()) {
      String path = paths.get(at++);
      if (!matches(patterns, path, entry.getKey())) {
        return file;
      }
      renumbered.put(path, entry.getValue());
    }
    return renumbered.buildOrThrow();
  }

  /** The last name is that of the weight, or of its slot, and the same everywhere. */
  private static boolean matches(Map<String, Pattern> patterns, String here, String file) {
    String place = here.substring(0, Math.max(0, here.lastIndexOf('/')));
    Pattern pattern = patterns.get(place);
    int end = file.length() - (here.length() - place.length());
    return pattern != null
        && end > 0
        && file.endsWith(here.substring(place.length()))
        && pattern.matcher(file.substring(0, end)).matches();
  }

  /** For the path of each layer the forms that it may have in a file. */
  private static Map<String, Pattern> patterns(Model model) {
    Map<String, Pattern> patterns = new HashMap<>();
    ModelWalk.visit(
        model,
        new ModelWalk.Visitor() {
          @Override
          public boolean enter(Layer layer, CallSite site) {
            patterns.putIfAbsent(site.path(), Pattern.compile(regex(site)));
            return site.isFirst();
          }
        });
    return patterns;
  }

  private static String regex(CallSite site) {
    Deque<String> names = new ArrayDeque<>();
    for (CallSite at = site; !at.isRoot(); at = Objects.requireNonNull(at.around())) {
      Operation part = at.operation();
      names.push(part.isNamed() ? Pattern.quote(at.name()) : Pattern.quote(part.kind()) + NUMBER);
    }
    return String.join("/", names);
  }
}
