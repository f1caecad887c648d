package dev.tandem.core.io;

import com.google.common.collect.ImmutableMap;
import dev.tandem.core.graph.Naming;
import dev.tandem.core.graph.Operation;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.model.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Paths in files in which layers without a name have other numbers than here: those of a counter
 * that ran through the whole JVM, {@code dense_7} for {@code dense_1}. They are matched in their
 * order, each with a path that is the same but for the numbers of layers that have no name here.
 */
final class NumberedPaths {

  private static final Pattern SEPARATOR = Pattern.compile("/");

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
    ImmutableMap.Builder<String, T> renumbered = ImmutableMap.builder();
    int at = 0;
    for (Map.Entry<String, T> entry : file.entrySet()) {
      String path = paths.get(at++);
      if (!pattern(model, path).matcher(entry.getKey()).matches()) {
        return file;
      }
      renumbered.put(path, entry.getValue());
    }
    return renumbered.buildOrThrow();
  }

  /** What a path may look like in a file. */
  private static Pattern pattern(Model model, String path) {
    StringBuilder regex = new StringBuilder();
    Naming naming = model.graph().naming();
    List<? extends Operation> parts = model.layers();
    for (String name : SEPARATOR.splitAsStream(path).toList()) {
      Operation part = find(naming, parts, name);
      regex.append(regex.isEmpty() ? "" : "/");
      if (part == null) { // the weight's own name
        regex.append(Pattern.quote(name));
        continue;
      }
      regex.append(Pattern.quote(part.isNamed() ? name : part.kind()));
      regex.append(part.isNamed() ? "" : "(_\\d+)?");
      if (part instanceof Model inner) {
        naming = inner.graph().naming();
        parts = inner.layers();
      } else if (part instanceof Layer layer) {
        naming = Naming.of(layer.inner());
        parts = layer.inner();
      }
    }
    return Pattern.compile(regex.toString());
  }

  private static @Nullable Operation find(
      Naming naming, List<? extends Operation> parts, String name) {
    return parts.stream().filter(part -> naming.nameOf(part).equals(name)).findFirst().orElse(null);
  }
}
