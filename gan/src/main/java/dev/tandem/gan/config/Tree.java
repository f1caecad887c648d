package dev.tandem.gan.config;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Changes of trees of settings. */
final class Tree {

  static final String TYPE = "type";

  private Tree() {}

  /**
   * A tree with what another one says in its place. Keys of both are merged, unless they are of
   * different types; lists and values are replaced.
   */
  static Node merged(Node below, Node above) {
    if (!(above instanceof Node.Branch over)) {
      return above;
    }
    Node.Branch base = below instanceof Node.Branch there ? there : opened(below, over.place());
    if (isOfAnotherType(base, over)) {
      return above;
    }
    Node.Branch all = new Node.Branch(base.members(), over.place());
    for (Map.Entry<String, Node.Member> entry : over.members().entrySet()) {
      String key = entry.getKey();
      Node.Member member = entry.getValue();
      Node before = base.get(key);
      all =
          all.with(
              key, member.at(), before == null ? member.node() : merged(before, member.node()));
    }
    return all;
  }

  private static boolean isOfAnotherType(Node.Branch base, Node.Branch over) {
    Node type = over.get(TYPE);
    return type instanceof Node.Scalar now
        && !(base.get(TYPE) instanceof Node.Scalar then && then.text().equals(now.text()));
  }

  /**
   * A tree with one value changed.
   *
   * @param path as in {@code optimizer.generator.rate} or {@code penalties.0.gamma}
   * @throws ConfigException if the path leads through a value that has no keys
   */
  static Node.Branch with(Node.Branch tree, String path, Node value) {
    List<String> keys = List.of(path.split("\\.", -1));
    if (keys.contains("")) {
      throw value
          .place()
          .error("\"" + path + "\" is no path of keys, as optimizer.generator.rate is");
    }
    return (Node.Branch) with(tree, keys, 0, value);
  }

  private static Node with(@Nullable Node node, List<String> keys, int depth, Node value) {
    if (depth == keys.size()) {
      return node == null ? value : merged(node, value);
    }
    String key = keys.get(depth);
    if (node instanceof Node.Items items) {
      return withItem(items, keys, depth, value);
    }
    Node.Branch branch = node instanceof Node.Branch there ? there : opened(node, value.place());
    return branch.with(key, value.place(), with(branch.get(key), keys, depth + 1, value));
  }

  /** A name alone as a branch of its type, so that numbers can be given to it. */
  private static Node.Branch opened(@Nullable Node node, Place place) {
    Node.Branch empty = Node.Branch.empty(place);
    return node instanceof Node.Scalar scalar
            && scalar.text().matches("[a-z]\\w*")
            && !scalar.isNone()
        ? empty.with(TYPE, scalar.place(), scalar)
        : empty;
  }

  private static Node withItem(Node.Items items, List<String> keys, int depth, Node value) {
    String key = keys.get(depth);
    int count = items.list().size();
    int index = key.matches("\\d{1,6}") ? Integer.parseInt(key) : -1;
    if (index < 0 || index > count) {
      String path = String.join(".", keys.subList(0, depth));
      throw value
          .place()
          .error(
              path
                  + " is a list of "
                  + count
                  + (count == 1 ? " entry" : " entries")
                  + ", counted from 0, and "
                  + count
                  + " adds one; it has no \""
                  + key
                  + "\"");
    }
    List<Node> list = new ArrayList<>(items.list());
    Node changed = with(index < count ? list.get(index) : null, keys, depth + 1, value);
    if (index < count) {
      list.set(index, changed);
    } else {
      list.add(changed);
    }
    return new Node.Items(ImmutableList.copyOf(list), items.place());
  }

  /** The value at a path, or null. */
  static @Nullable Node find(Node tree, String path) {
    Node node = tree;
    for (String key : path.split("\\.")) {
      node = node instanceof Node.Branch branch ? branch.get(key) : null;
    }
    return node;
  }

  /** All values by their paths; what is empty is {@code none}. */
  static ImmutableSortedMap<String, String> values(Node.Branch tree) {
    Map<String, String> values = new LinkedHashMap<>();
    collect("", tree, values);
    return ImmutableSortedMap.copyOf(values);
  }

  private static void collect(String path, Node node, Map<String, String> into) {
    String below = path.isEmpty() ? "" : path + ".";
    if (node instanceof Node.Branch branch) {
      branch.members().forEach((key, member) -> collect(below + key, member.node(), into));
    } else if (node instanceof Node.Items items) {
      for (int i = 0; i < items.list().size(); i++) {
        collect(below + i, items.list().get(i), into);
      }
    } else {
      into.put(path, Objects.requireNonNull((Node.Scalar) node).text());
    }
  }
}
