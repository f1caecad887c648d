package dev.tandem.gan.config;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.Map;
import java.util.regex.Pattern;

/** Nodes as YAML: keys in lines of their own, two spaces for each level. */
final class YamlText {

  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z][A-Za-z0-9_/.-]*|[-+]?\\.inf|[-+]?[0-9]+(\\.[0-9]+)?(e[-+][0-9]+)?");

  /** Texts that YAML has other ideas of. */
  private static final Pattern TAKEN = Pattern.compile("(?i)y|n|yes|no|on|off|null");

  private final StringBuilder text = new StringBuilder();

  private YamlText() {}

  /** The text of keys. */
  static String of(Node.Branch branch) {
    YamlText yaml = new YamlText();
    yaml.members(branch, 0);
    return yaml.text.toString();
  }

  private void members(Node.Branch branch, int depth) {
    boolean first = true;
    for (Map.Entry<String, Node.Member> member : branch.members().entrySet()) {
      if (!first) {
        indent(depth);
      }
      first = false;
      text.append(member.getKey()).append(':');
      value(member.getValue().node(), depth);
    }
  }

  private void indent(int depth) {
    text.append("  ".repeat(depth));
  }

  /** What stands behind a colon. */
  private void value(Node node, int depth) {
    if (node instanceof Node.Branch branch && !branch.members().isEmpty()) {
      text.append('\n');
      indent(depth + 1);
      members(branch, depth + 1);
    } else if (node instanceof Node.Items items
        && items.list().stream().anyMatch(YamlText::isTall)) {
      text.append('\n');
      for (Node item : items.list()) {
        indent(depth);
        text.append("- ");
        if (item instanceof Node.Branch branch) {
          members(branch, depth + 1);
        } else {
          text.append(flow(item)).append('\n');
        }
      }
    } else {
      text.append(' ').append(flow(node)).append('\n');
    }
  }

  private static boolean isTall(Node node) {
    return node instanceof Node.Branch branch && !branch.members().isEmpty();
  }

  /** In one line. */
  static String flow(Node node) {
    if (node instanceof Node.Scalar scalar) {
      return quoted(scalar.text());
    }
    StringBuilder line = new StringBuilder();
    if (node instanceof Node.Items items) {
      items.list().forEach(item -> line.append(line.isEmpty() ? "" : ", ").append(flow(item)));
      return "[" + line + "]";
    }
    ((Node.Branch) node)
        .members()
        .forEach(
            (key, member) ->
                line.append(line.isEmpty() ? "" : ", ")
                    .append(key)
                    .append(": ")
                    .append(flow(member.node())));
    return "{" + line + "}";
  }

  private static String quoted(String value) {
    boolean plain = PLAIN.matcher(value).matches() && !TAKEN.matcher(value).matches();
    return plain
        ? value
        : "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(value)) + "\"";
  }
}
