package dev.tandem.cuda.group;

import com.google.common.collect.ImmutableList;
import dev.tandem.cuda.device.Access;
import dev.tandem.cuda.text.Made;
import dev.tandem.cuda.text.Once;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Elements that are cheap are computed by the kernels that read them, if these read each about
 * once: nobody writes them then.
 */
final class Inlining {

  private static final int MOST_READERS = 4;
  private static final int MOST_ARGUMENTS = 40;
  private static final int MOST_INPUTS = 3;
  private static final int LONGEST = 1000;
  private static final Pattern DEAR =
      Pattern.compile("exp|log|pow|tanh|erf|sqrt|sin|cos|random|for \\(|while|double");

  private final List<GroupItem> items;
  private final Temporary temporary;

  private Inlining(List<GroupItem> items, Temporary temporary) {
    this.items = new ArrayList<>(items);
    this.temporary = temporary;
  }

  /** Items that do the same in this order. */
  static List<GroupItem> of(List<GroupItem> items, Temporary temporary) {
    Inlining inlining = new Inlining(items, temporary);
    for (int i = inlining.items.size() - 1; i >= 0; i--) {
      inlining.tryAt(i);
    }
    return inlining.items;
  }

  private void tryAt(int at) {
    GroupItem item = items.get(at);
    int result = result(item);
    if (result < 0) {
      return;
    }
    List<Integer> readers = readers(at, item.arguments().get(result));
    if (readers == null || readers.isEmpty() || readers.size() > MOST_READERS) {
      return;
    }
    List<GroupItem> made = new ArrayList<>();
    for (int reader : readers) {
      GroupItem with = with(item, result, items.get(reader));
      if (with == null) {
        return;
      }
      made.add(with);
    }
    for (int i = 0; i < readers.size(); i++) {
      items.set(readers.get(i), made.get(i));
    }
    items.remove(at);
  }

  /** The one argument that a cheap item writes, or -1. */
  private static int result(GroupItem item) {
    int found = -1;
    for (int i = 0; i < item.arguments().size(); i++) {
      if (item.arguments().get(i).written()) {
        if (found >= 0) {
          return -1;
        }
        found = i;
      }
    }
    boolean isCheap =
        item.isElementwise()
            && item.arguments().size() <= MOST_INPUTS + 1
            && item.element().length() <= LONGEST
            && !DEAR.matcher(item.element()).find();
    boolean isOne =
        isCheap
            && found >= 0
            && item.isInPlace(found)
            && GroupItem.stores(item.element(), found) == 1
            && GroupItem.uses(item.element(), found) == 1;
    return isOne ? found : -1;
  }

  /** Who reads a result, if that is all that happens to it and what it is made of, or null. */
  private @Nullable List<Integer> readers(int at, Argument result) {
    List<Access> inputs =
        items.get(at).arguments().stream()
            .filter(argument -> !argument.written())
            .map(Argument::access)
            .toList();
    Access whole = result.access();
    List<Integer> readers = new ArrayList<>();
    for (int i = at + 1; i < items.size(); i++) {
      GroupItem later = items.get(i);
      boolean reads = false;
      boolean writes = false;
      for (Access access : later.accesses()) {
        boolean touches = access.address() < whole.end() && whole.address() < access.end();
        if (touches && access.written()) {
          writes = true;
        } else if (touches) {
          reads = true;
        }
      }
      if (reads) {
        readers.add(i);
      }
      if (writes) {
        return isOver(later, result, inputs) ? readers : null;
      }
      boolean changes =
          later.accesses().stream()
              .anyMatch(access -> access.written() && inputs.stream().anyMatch(access::meets));
      if (changes) {
        return null;
      }
    }
    boolean isTemporary =
        temporary.stretches().stream()
            .anyMatch(
                one ->
                    one.address() <= whole.address() && whole.end() <= one.address() + one.bytes());
    return isTemporary ? readers : null;
  }

  /** Whether an item writes all of a result anew, element by element, and nothing it is made of. */
  private static boolean isOver(GroupItem later, Argument result, List<Access> inputs) {
    boolean over = false;
    for (int i = 0; i < later.arguments().size(); i++) {
      Argument argument = later.arguments().get(i);
      if (argument.written() && argument.isSameAs(result)) {
        String text = later.isElementwise() ? later.element() : later.body();
        long stores = GroupItem.stores(text, i);
        over |= stores > 0 && stores == GroupItem.uses(text, i);
      } else if (argument.written() && inputs.stream().anyMatch(argument.access()::meets)) {
        return false;
      }
    }
    // what it is made of may lie there too: each element is read before it is written
    return over
        && inputs.stream()
            .allMatch(
                input -> !input.meets(result.access()) || input.address() == result.address());
  }

  /** A reader that computes what it reads, or null if it cannot. */
  private static @Nullable GroupItem with(GroupItem item, int result, GroupItem reader) {
    Argument value = item.arguments().get(result);
    String text = reader.isElementwise() ? reader.element() : reader.body();
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < reader.arguments().size(); i++) {
      Argument argument = reader.arguments().get(i);
      boolean touches =
          argument.access().address() < value.access().end()
              && value.address() < argument.access().end();
      if (touches && !argument.written() && !argument.isNumber()) {
        if (!argument.isSameAs(value) || Once.reads(text, i) != GroupItem.uses(text, i)) {
          return null;
        }
        places.add(i);
      }
    }
    if (reader.isLibrary()
        || places.isEmpty()
        || reader.arguments().size() + item.arguments().size() > MOST_ARGUMENTS) {
      return null;
    }
    int depth = 0;
    while (text.contains("once" + depth)) {
      depth++;
    }
    String function = "once" + depth;
    String read = text;
    for (int place : places) {
      read = Once.replaced(read, place, function);
    }
    return made(item, result, reader, places, function, read);
  }

  private static GroupItem made(
      GroupItem item,
      int result,
      GroupItem reader,
      List<Integer> places,
      String function,
      String read) {
    List<Argument> all = new ArrayList<>();
    List<String> own = new ArrayList<>();
    for (int i = 0; i < reader.arguments().size(); i++) {
      own.add(places.contains(i) ? "" : "p" + all.size());
      if (!places.contains(i)) {
        all.add(reader.arguments().get(i));
      }
    }
    List<String> others = new ArrayList<>();
    for (int i = 0; i < item.arguments().size(); i++) {
      Argument argument = item.arguments().get(i);
      if (i == result) {
        others.add("");
      } else if (all.contains(argument)) {
        others.add("p" + all.indexOf(argument));
      } else {
        others.add("p" + all.size());
        all.add(argument);
      }
    }
    String element =
        GroupItem.rename(Made.stores(item.element()).replaceAll("return $3;"), others::get);
    String head =
        String.format(
            Locale.ROOT,
            "  const auto %s = [=](const %s i) -> %s {\n%s  };\n",
            function,
            item.length() <= Integer.MAX_VALUE ? "unsigned" : "long long",
            item.arguments().get(result).type(),
            element);
    String body = head + GroupItem.rename(read, own::get);
    String label = GroupItem.label(reader, item);
    return reader.isElementwise()
        ? new GroupItem(null, label, ImmutableList.copyOf(all), body, "", reader.grid())
        : new GroupItem(null, label, ImmutableList.copyOf(all), "", body, reader.grid());
  }
}
