package dev.tandem.cuda.kernel;

import com.google.common.collect.ImmutableList;
import dev.tandem.cuda.device.Command;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fewer launches for the same work: elementwise kernels that go over the same elements become one,
 * and kernels that do not wait for each other share a launch, in which each has blocks of its own.
 * An update of many weights is one launch or two, whatever the optimizer.
 *
 * <p>What each reads and writes is compared by addresses, so that an order stays wherever one may
 * meet another. Libraries' calls and kernels of which that is not known are never passed.
 */
public final class CommandGroups {

  /** Bytes of memory. */
  public record Stretch(long address, long bytes) {}

  /** How far back a kernel is looked for that may take another. */
  private static final int WINDOW = 64;

  private final ImmutableList.Builder<Command> made = ImmutableList.builder();
  private final List<GroupItem> open = new ArrayList<>();

  private CommandGroups() {}

  /**
   * Commands that do the same as these in this order.
   *
   * @param temporary memory of which nobody reads what is there when all are done
   */
  public static ImmutableList<Command> of(List<Command> commands, List<Stretch> temporary) {
    CommandGroups groups = new CommandGroups();
    List<@Nullable GroupItem> items = commands.stream().map(GroupItem::of).toList();
    for (int i = 0; i < commands.size(); i++) {
      GroupItem item = items.get(i);
      if (item == null) {
        groups.close(new Leftover(items.subList(i, items.size()), temporary));
        groups.made.add(commands.get(i));
      } else {
        groups.add(item);
      }
    }
    groups.close(new Leftover(List.of(), temporary));
    return groups.made.build();
  }

  private void add(GroupItem item) {
    for (int i = open.size() - 1; i >= Math.max(0, open.size() - WINDOW); i--) {
      GroupItem before = open.get(i);
      if (before.takes(item)) {
        open.set(i, before.with(item));
        return;
      } else if (before.meets(item)) {
        break;
      }
    }
    open.add(item);
  }

  private void close(Leftover leftover) {
    for (int i = open.size() - 1; i >= 0; i--) {
      GroupItem item = open.get(i);
      List<GroupItem> later = open.subList(i + 1, open.size());
      open.set(i, item.without(leftover.unread(item, later)));
    }
    List<List<GroupItem>> levels = new ArrayList<>();
    int[] level = new int[open.size()];
    for (int later = 0; later < open.size(); later++) {
      for (int before = 0; before < later; before++) {
        if (level[before] >= level[later] && open.get(before).meets(open.get(later))) {
          level[later] = level[before] + 1;
        }
      }
      if (level[later] == levels.size()) {
        levels.add(new ArrayList<>());
      }
      levels.get(level[later]).add(open.get(later));
    }
    levels.forEach(this::launch);
    open.clear();
  }

  private void launch(List<GroupItem> level) {
    JoinedLaunch joined = new JoinedLaunch();
    for (GroupItem item : level) {
      if (!item.mayJoin()) {
        made.add(item.alone());
        continue;
      }
      if (!joined.hasRoomFor(item)) {
        made.add(joined.command());
        joined = new JoinedLaunch();
      }
      joined.add(item);
    }
    if (!joined.isEmpty()) {
      made.add(joined.command());
    }
  }
}
