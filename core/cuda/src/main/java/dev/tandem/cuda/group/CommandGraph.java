package dev.tandem.cuda.group;

import com.google.common.collect.ImmutableSortedSet;
import dev.tandem.cuda.device.Dependencies;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;

/**
 * Items and what each waits for. Launches have levels: those of one level do not wait for each
 * other, and calls of libraries come behind the launches of their level.
 */
final class CommandGraph {

  /** An item among the others. */
  static final class Node implements Comparable<Node> {
    private final int number;
    private final TreeSet<Node> before = new TreeSet<>();
    private final TreeSet<Node> after = new TreeSet<>();
    private GroupItem item;
    private int level;

    Node(int number, GroupItem item) {
      this.number = number;
      this.item = item;
    }

    GroupItem item() {
      return item;
    }

    int level() {
      return level;
    }

    /** The level of what comes next, if it is a launch or not. */
    private int levelAfter(boolean isLibrary) {
      return isLibrary ? level : level + 1;
    }

    @Override
    public int compareTo(Node other) {
      return Integer.compare(number, other.number);
    }
  }

  private final List<Node> nodes = new ArrayList<>();

  /** The graph of items that run one after another. */
  CommandGraph(List<GroupItem> items) {
    List<ImmutableSortedSet<Integer>> waits =
        Dependencies.ofAccesses(items.stream().map(GroupItem::accesses).toList());
    for (int i = 0; i < items.size(); i++) {
      Node node = new Node(i, items.get(i));
      nodes.add(node);
      for (int earlier : waits.get(i)) {
        node.before.add(nodes.get(earlier));
        nodes.get(earlier).after.add(node);
      }
    }
    findLevels();
  }

  /** All, in an order in which each comes behind what it waits for. */
  List<Node> ordered() {
    List<Node> ordered = new ArrayList<>();
    int[] waiting = new int[nodes.isEmpty() ? 0 : nodes.get(nodes.size() - 1).number + 1];
    PriorityQueue<Node> ready = new PriorityQueue<>();
    for (Node node : nodes) {
      waiting[node.number] = node.before.size();
      if (node.before.isEmpty()) {
        ready.add(node);
      }
    }
    while (!ready.isEmpty()) {
      Node next = ready.remove();
      ordered.add(next);
      for (Node after : next.after) {
        waiting[after.number]--;
        if (waiting[after.number] == 0) {
          ready.add(after);
        }
      }
    }
    return ordered;
  }

  /** Gives each the earliest level. */
  private void findLevels() {
    for (Node node : ordered()) {
      node.level = 0;
      for (Node before : node.before) {
        // a library's call is behind the launches of its level, and before those of the next
        node.level = Math.max(node.level, before.levelAfter(node.item.isLibrary()));
      }
    }
  }

  /** Gives each the latest level that keeps the number of levels. */
  void delay() {
    List<Node> ordered = ordered();
    int last = ordered.stream().mapToInt(Node::level).max().orElse(0);
    for (int i = ordered.size() - 1; i >= 0; i--) {
      Node node = ordered.get(i);
      int latest = last;
      for (Node after : node.after) {
        latest = Math.min(latest, after.item.isLibrary() ? after.level : after.level - 1);
      }
      node.level = latest;
    }
  }

  /** Whatever of an item's kind may take it, the last first. */
  List<Node> candidates(Node later, int window) {
    List<Node> found = new ArrayList<>(later.before);
    if (later.item.isElementwise()) {
      int at = nodes.indexOf(later);
      for (int i = Math.max(0, at - window); i < at; i++) {
        Node node = nodes.get(i);
        if (node.level == later.level && node.item.isElementwise()) {
          found.add(node);
        }
      }
    }
    found.sort(Comparator.comparingInt(Node::level).thenComparingInt(n -> n.number).reversed());
    return found;
  }

  /** Whether one waits for the other. */
  boolean waits(Node later, Node before) {
    return later.before.contains(before);
  }

  /** Whether two can be one so that nothing waits for itself, and nothing else waits longer. */
  boolean mayBeOne(Node before, Node later) {
    boolean waitsAlone = before.after.size() == 1 && before.after.contains(later);
    for (Node other : later.before) {
      if (other == before) {
        continue;
      }
      int needed = other.levelAfter(before.item.isLibrary());
      if (needed > before.level && !waitsAlone || reaches(before, other)) {
        return false;
      }
    }
    return true;
  }

  /** Whether a node waits for an earlier one, through others too. */
  private static boolean reaches(Node earlier, Node node) {
    Set<Node> seen = new HashSet<>();
    List<Node> open = new ArrayList<>(List.of(node));
    while (!open.isEmpty()) {
      Node next = open.remove(open.size() - 1);
      if (next == earlier) {
        return true;
      }
      for (Node before : next.before) {
        if (before.level >= earlier.level && seen.add(before)) {
          open.add(before);
        }
      }
    }
    return false;
  }

  /** Makes two one. */
  void join(Node before, Node later, GroupItem both) {
    before.item = both;
    later.before.forEach(node -> node.after.remove(later));
    later.after.forEach(node -> node.before.remove(later));
    for (Node node : later.before) {
      if (node != before) {
        node.after.add(before);
        before.before.add(node);
      }
    }
    for (Node node : later.after) {
      node.before.add(before);
      before.after.add(node);
    }
    nodes.remove(later);
    findLevels();
  }

  /** The nodes, in the order of the first of what each is made of. */
  List<Node> nodes() {
    return List.copyOf(nodes);
  }
}
