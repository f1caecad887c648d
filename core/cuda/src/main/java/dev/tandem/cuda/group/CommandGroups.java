package dev.tandem.cuda.group;

import com.google.common.collect.ImmutableList;
import dev.tandem.cuda.device.Command;
import dev.tandem.cuda.group.CommandGraph.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Fewer launches for the same work. What can be done by the same threads becomes one kernel; then
 * kernels that do not wait for each other share a launch, in which each has blocks of its own, and
 * libraries' calls stand where what they wait for is done.
 *
 * <p>What waits for what is told by the memory that commands read and write. It is best if values
 * have not got their final places yet, so that none is where another was.
 */
public final class CommandGroups {

  /** How far back a kernel is looked for that may take another one besides it. */
  private static final int WINDOW = 64;

  private final List<GroupItem> items;

  private CommandGroups(List<GroupItem> items) {
    this.items = items;
  }

  /** Commands that do the same as these in this order, in which they use no other values. */
  public static CommandGroups of(List<Command> commands, Temporary temporary) {
    List<Command> once = SameCommands.once(commands, temporary);
    List<GroupItem> all = Versions.apart(once, temporary).stream().map(GroupItem::of).toList();
    List<GroupItem> few = Inlining.of(joined(all, temporary), temporary);
    return new CommandGroups(joined(few, temporary));
  }

  /**
   * Stages that follow each other, each of launches that do not wait for each other, or of calls of
   * libraries.
   *
   * @param late whether commands come as late as they can; else as early
   */
  public ImmutableList<ImmutableList<Command>> stages(boolean late) {
    CommandGraph graph = new CommandGraph(items);
    if (late) {
      graph.delay();
    }
    Map<Integer, List<GroupItem>> launches = new HashMap<>();
    Map<Integer, List<GroupItem>> calls = new HashMap<>();
    for (Node node : graph.ordered()) {
      (node.item().isLibrary() ? calls : launches)
          .computeIfAbsent(node.level(), level -> new ArrayList<>())
          .add(node.item());
    }
    ImmutableList.Builder<ImmutableList<Command>> stages = ImmutableList.builder();
    int last = Math.max(last(launches), last(calls));
    for (int level = 0; level <= last; level++) {
      stages.add(launch(launches.getOrDefault(level, List.of())));
      stages.add(
          calls.getOrDefault(level, List.of()).stream()
              .map(GroupItem::alone)
              .collect(ImmutableList.toImmutableList()));
    }
    return stages.build().stream()
        .filter(stage -> !stage.isEmpty())
        .collect(ImmutableList.toImmutableList());
  }

  private static int last(Map<Integer, List<GroupItem>> levels) {
    return levels.keySet().stream().mapToInt(level -> level).max().orElse(-1);
  }

  /** What can be done by the same threads as one. */
  private static List<GroupItem> joined(List<GroupItem> items, Temporary temporary) {
    CommandGraph graph = new CommandGraph(items);
    for (Node later : graph.nodes()) {
      for (Node before : graph.candidates(later, WINDOW)) {
        GroupItem both =
            graph.mayBeOne(before, later)
                ? Joining.of(before.item(), later.item(), graph.waits(later, before))
                : null;
        if (both != null) {
          graph.join(before, later, both);
          break;
        }
      }
    }
    List<GroupItem> all = new ArrayList<>(graph.ordered().stream().map(Node::item).toList());
    for (int i = all.size() - 1; i >= 0; i--) {
      Leftover leftover = new Leftover(all.subList(i + 1, all.size()), temporary);
      all.set(i, all.get(i).without(leftover.unread(all.get(i))));
    }
    return all;
  }

  private static ImmutableList<Command> launch(List<GroupItem> level) {
    ImmutableList.Builder<Command> made = ImmutableList.builder();
    List<JoinedLaunch> open = new ArrayList<>();
    for (GroupItem item : level) {
      if (!JoinedLaunch.mayJoin(item)) {
        made.add(item.alone());
        continue;
      }
      JoinedLaunch taking = null;
      for (JoinedLaunch one : open) {
        if (taking == null && one.takes(item)) {
          taking = one;
        }
      }
      if (taking == null) {
        taking = new JoinedLaunch();
        open.add(taking);
      }
      taking.add(item);
    }
    open.forEach(one -> made.add(one.command()));
    return made.build();
  }
}
