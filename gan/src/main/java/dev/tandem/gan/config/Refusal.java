package dev.tandem.gan.config;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The refusals of records in words of a file: by key and place. */
final class Refusal {

  /** What is said of which value: as in {@code beta1 is not in [0, 1): 2.0}. */
  private static final Pattern RULE = Pattern.compile("(?s).*?( (?:is|are) .*?: )(\\S+)(;.*)?");

  private Refusal() {}

  /**
   * A refusal of a record.
   *
   * @param path of the record
   * @param node of the record
   * @param values those that were given, by key
   */
  static ConfigException of(
      String path, Node node, Map<String, Object> values, RuntimeException refusal) {
    String message = String.valueOf(refusal.getMessage());
    Matcher rule = RULE.matcher(message);
    if (rule.matches() && node instanceof Node.Scalar scalar) {
      return said(path, rule, scalar, refusal);
    }
    if (rule.matches()) {
      Optional<String> key =
          values.entrySet().stream()
              .filter(value -> value.getValue().toString().equals(rule.group(2)))
              .map(Map.Entry::getKey)
              .filter(name -> place(node, name) != null)
              .findFirst();
      if (key.isPresent()) {
        Node.Scalar scalar = Objects.requireNonNull(place(node, key.get()));
        return said((path.isEmpty() ? "" : path + ".") + key.get(), rule, scalar, refusal);
      }
    }
    return new ConfigException(
        (path.isEmpty() ? "" : path + ": ") + message + " (" + node.place() + ")", refusal);
  }

  private static ConfigException said(
      String path, Matcher rule, Node.Scalar value, RuntimeException refusal) {
    String rest = rule.group(3) == null ? "" : rule.group(3);
    return new ConfigException(
        path + rule.group(1) + value.text() + rest + " (" + value.place() + ")", refusal);
  }

  private static Node.@Nullable Scalar place(Node node, String key) {
    return node instanceof Node.Branch branch && branch.get(key) instanceof Node.Scalar scalar
        ? scalar
        : null;
  }
}
