package dev.tandem.cuda.kernel;

import com.google.common.collect.ImmutableList;
import dev.tandem.cuda.device.Command;
import dev.tandem.cuda.kernel.GroupItem.Argument;
import dev.tandem.cuda.text.Grid;
import dev.tandem.cuda.text.KernelText;
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

  private record Key(String text, List<String> parameters) {}

  private record Pointer(long address, String type) {}

  private final Map<Key, List<GroupItem>> texts = new LinkedHashMap<>();
  private final Map<Pointer, Integer> places = new HashMap<>();
  private final List<Argument> arguments = new ArrayList<>();
  private final StringBuilder body = new StringBuilder();
  private long blocks;

  boolean isEmpty() {
    return texts.isEmpty();
  }

  private static Key key(GroupItem item) {
    return new Key(
        item.isElementwise() ? item.element() : item.body(),
        item.arguments().stream().map(Argument::parameter).toList());
  }

  private static Pointer pointer(Argument argument) {
    return new Pointer(argument.address(), argument.parameter());
  }

  boolean hasRoomFor(GroupItem item) {
    long news = item.arguments().stream().filter(one -> !places.containsKey(pointer(one))).count();
    return arguments.size() + news <= MOST_PARAMETERS
        && (texts.size() < MOST_TEXTS || texts.containsKey(key(item)));
  }

  void add(GroupItem item) {
    texts.computeIfAbsent(key(item), key -> new ArrayList<>()).add(item);
    for (Argument argument : item.arguments()) {
      if (places.putIfAbsent(pointer(argument), arguments.size()) == null) {
        arguments.add(argument);
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
            arguments.stream().map(Argument::parameter).collect(ImmutableList.toImmutableList()),
            body.toString(),
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
      body.append("  ").append(key.parameters().get(i)).append("q").append(i).append(";\n");
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
      int across = first.grid().blocks();
      body.append(
          String.format(
              Locale.ROOT, "  const int across = own %% %d, down = own / %d;\n", across, across));
      body.append(text.replace("blockIdx.x", "across").replace("blockIdx.y", "down"));
    }
    body.append("  } else");
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
      int place = Objects.requireNonNull(places.get(pointer(item.arguments().get(i))));
      body.append(String.format(Locale.ROOT, "  q%d = p%d;\n", i, place));
    }
    body.append("  own = b - ").append(begins.get(from)).append(";\n");
    if (item.isElementwise()) {
      body.append(
          String.format(Locale.ROOT, "  length = %d; step = %d;\n", item.length(), blocks(item)));
    }
  }
}
