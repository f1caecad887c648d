package dev.tandem.cuda.group;

import com.google.common.collect.ImmutableList;
import dev.tandem.cuda.device.Access;
import dev.tandem.cuda.device.Command;
import dev.tandem.cuda.text.Grid;
import dev.tandem.cuda.text.KernelText;
import dev.tandem.cuda.text.Made;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Kernels that are independent of each other in one launch. Where texts are the same but for
 * lengths and addresses there is one text, and each block finds its own: the table of addresses is
 * the kernel's parameters, which lie in constant memory.
 */
final class JoinedLaunch {

  /** The parameters of a kernel may take 4 KiB. */
  private static final int MOST_PARAMETERS = 500;

  private static final int MOST_TEXTS = 32;

  /** Elements of a thread, where there are many. */
  private static final long TURNS = 2;

  private static final long MOST_BLOCKS = 2048;

  /** Blocks of a kernel of another kind, beyond which a launch of its own costs next to nothing. */
  private static final long MOST_OWN_BLOCKS = 1 << 13;

  /** Elements beyond which memory alone counts, and not to be held up by what else runs there. */
  private static final long LARGE = 1 << 22;

  private record Key(String text, List<String> parameters, Grid grid) {

    static Key of(GroupItem item) {
      return new Key(
          item.isElementwise() ? item.element() : item.body(),
          item.arguments().stream().map(Argument::parameter).toList(),
          item.isElementwise() ? Grid.over(0) : item.grid());
    }
  }

  private record Pointer(long address, String parameter) {

    static Pointer of(Argument argument) {
      return new Pointer(argument.address(), argument.parameter());
    }
  }

  private final Map<Key, List<GroupItem>> texts = new LinkedHashMap<>();
  private final Map<Pointer, Integer> places = new HashMap<>();
  private final List<Argument> arguments = new ArrayList<>();
  private final List<Access> written = new ArrayList<>();
  private final StringBuilder body = new StringBuilder();
  private long blocks;
  private long shared;

  /** Whether an item's blocks may stand among those of others. */
  static boolean mayJoin(GroupItem item) {
    Grid grid = item.grid();
    return item.isElementwise()
        || (long) grid.threads() * grid.threadsY() == Grid.THREADS
            && (long) grid.blocks() * grid.blocksY() <= MOST_OWN_BLOCKS
            && SharedMemory.isKnown(item.body());
  }

  private static boolean isLarge(GroupItem item) {
    return item.isElementwise() && item.length() > LARGE;
  }

  /** Whether there is room for an item, and it is of the same kind as the others. */
  boolean takes(GroupItem item) {
    long news =
        item.arguments().stream().filter(one -> !places.containsKey(Pointer.of(one))).count();
    return arguments.size() + news <= MOST_PARAMETERS
        && (texts.size() < MOST_TEXTS || texts.containsKey(Key.of(item)))
        && texts.values().stream().allMatch(all -> isLarge(all.get(0)) == isLarge(item));
  }

  void add(GroupItem item) {
    texts.computeIfAbsent(Key.of(item), key -> new ArrayList<>()).add(item);
    for (Argument argument : item.arguments()) {
      if (places.putIfAbsent(Pointer.of(argument), arguments.size()) == null) {
        arguments.add(argument);
        if (argument.written()) {
          written.add(argument.access());
        }
      }
    }
  }

  private static long blocks(GroupItem item) {
    if (!item.isElementwise()) {
      return (long) item.grid().blocks() * item.grid().blocksY();
    }
    long each = Grid.THREADS * TURNS;
    return Math.max(1, Math.min(MOST_BLOCKS, (item.length() + each - 1) / each));
  }

  Command command() {
    List<GroupItem> all = texts.values().stream().flatMap(List::stream).toList();
    if (all.size() == 1) {
      return all.get(0).alone();
    }
    body.append("  const int b = blockIdx.x;\n");
    texts.forEach(this::write);
    body.append("{}\n");
    List<String> labels = all.stream().map(GroupItem::label).distinct().toList();
    String label = labels.size() == 1 ? labels.get(0) : labels.get(0) + "_and_others";
    KernelText kernel =
        new KernelText(
            label + "_of_many",
            GroupItem.parameters(arguments),
            SharedMemory.declaration(shared) + Made.unmarked(body.toString()),
            Grid.of(Math.toIntExact(blocks), Grid.THREADS));
    return new Command.Launch(
        kernel,
        arguments.stream().map(Argument::address).collect(ImmutableList.toImmutableList()),
        arguments.stream().map(Argument::length).collect(ImmutableList.toImmutableList()));
  }

  private void write(Key key, List<GroupItem> items) {
    GroupItem first = items.get(0);
    long begin = blocks;
    List<Long> begins = new ArrayList<>();
    for (GroupItem item : items) {
      begins.add(blocks);
      blocks += blocks(item);
    }
    body.append(begin == 0 ? "  if (b < " : " if (b < ").append(blocks).append(") {\n");
    for (int i = 0; i < first.arguments().size(); i++) {
      int place = i;
      boolean apart =
          items.stream().allMatch(item -> GroupItem.isApart(item.arguments().get(place), written));
      body.append("  ").append(key.parameters().get(i)).append(apart ? "__restrict__ " : "");
      body.append("q").append(i).append(";\n");
    }
    boolean isLong = items.stream().anyMatch(item -> item.length() > Integer.MAX_VALUE);
    String counter = isLong ? "long long" : "unsigned";
    if (first.isElementwise()) {
      body.append("  ").append(counter).append(" length;\n  int own, step;\n");
    } else {
      body.append("  int own;\n");
    }
    choose(items, begins, 0, items.size());
    String text = GroupItem.rename(key.text(), place -> "q" + place);
    if (first.isElementwise()) {
      body.append(
          String.format(
              Locale.ROOT,
              "  for (%1$s i = own * (%1$s)%2$d + threadIdx.x; i < length; i += step * (%1$s)%2$d)"
                  + " {\n",
              counter,
              Grid.THREADS));
      body.append(text).append("  }\n");
    } else {
      SharedMemory memory = SharedMemory.of(text);
      shared = Math.max(shared, memory.bytes());
      body.append(asPart(memory.text(), first.grid()));
    }
    body.append("  } else");
  }

  /** The text of a kernel whose blocks are some of those of a launch. */
  private static String asPart(String text, Grid grid) {
    String head =
        String.format(
            Locale.ROOT,
            "  const unsigned blockX = own %% %1$d, blockY = own / %1$d;\n",
            grid.blocks());
    String part =
        text.replace("blockIdx.x", "blockX")
            .replace("blockIdx.y", "blockY")
            .replace("gridDim.x", grid.blocks() + "u")
            .replace("gridDim.y", grid.blocksY() + "u")
            .replace("blockDim.x", grid.threads() + "u")
            .replace("blockDim.y", grid.threadsY() + "u");
    if (grid.threadsY() > 1) {
      head +=
          String.format(
              Locale.ROOT,
              "  const unsigned threadX = threadIdx.x %% %1$d, threadY = threadIdx.x / %1$d;\n",
              grid.threads());
      part = part.replace("threadIdx.x", "threadX").replace("threadIdx.y", "threadY");
    }
    return head + part;
  }

  /** Finds the item of a block by halves. */
  private void choose(List<GroupItem> items, List<Long> begins, int from, int to) {
    if (to - from > 1) {
      int middle = (from + to) / 2;
      body.append("  if (b < ").append(begins.get(middle)).append(") {\n");
      choose(items, begins, from, middle);
      body.append("  } else {\n");
      choose(items, begins, middle, to);
      body.append("  }\n");
      return;
    }
    GroupItem item = items.get(from);
    for (int i = 0; i < item.arguments().size(); i++) {
      int place = Objects.requireNonNull(places.get(Pointer.of(item.arguments().get(i))));
      body.append(String.format(Locale.ROOT, "  q%d = p%d;\n", i, place));
    }
    body.append("  own = b - ").append(begins.get(from)).append(";\n");
    if (item.isElementwise()) {
      body.append(
          String.format(Locale.ROOT, "  length = %d; step = %d;\n", item.length(), blocks(item)));
    }
  }
}
