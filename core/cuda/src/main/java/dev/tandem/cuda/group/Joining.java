package dev.tandem.cuda.group;

import com.google.common.collect.ImmutableList;
import dev.tandem.cuda.text.Grid;
import dev.tandem.cuda.text.Made;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/**
 * Two launches as one, where each thread goes on with what it has: elementwise ones over the same
 * elements, an elementwise one with the results of another kernel where those are written, and ones
 * of a single block.
 */
final class Joining {

  private static final int MOST_ARGUMENTS = 24;
  private static final int LONGEST = 8000;

  /** Elements that one block goes over. */
  private static final long SMALL = 1024;

  private Joining() {}

  /**
   * Both as one, or null if they cannot be.
   *
   * @param waits whether the later one waits for the other
   */
  static @Nullable GroupItem of(GroupItem before, GroupItem later, boolean waits) {
    if (before.isLibrary()
        || later.isLibrary()
        || before.arguments().size() + later.arguments().size() > MOST_ARGUMENTS) {
      return null;
    }
    GroupItem one = null;
    if (later.isElementwise()) {
      one = before.isElementwise() ? elements(before, later) : results(before, later);
    }
    return one == null && waits ? blocks(before, later) : one;
  }

  /** Each thread does the later one's element right after its own. */
  private static @Nullable GroupItem elements(GroupItem before, GroupItem later) {
    if (before.length() != later.length()
        || before.element().length() + later.element().length() > LONGEST) {
      return null;
    }
    boolean shares = false;
    for (int i = 0; i < before.arguments().size(); i++) {
      for (int j = 0; j < later.arguments().size(); j++) {
        Argument own = before.arguments().get(i);
        Argument others = later.arguments().get(j);
        boolean together = own.isSameAs(others) && before.isInPlace(i) && later.isInPlace(j);
        if (own.meets(others) && !together) {
          return null;
        }
        shares |= together;
      }
    }
    return shares ? inSequence(before, later) : null;
  }

  private static GroupItem inSequence(GroupItem before, GroupItem later) {
    List<Argument> all = new ArrayList<>(before.arguments());
    String renamed = renamed(all, later, later.element());
    String both = "    {\n" + before.element() + "    }\n    {\n" + renamed + "    }\n";
    return new GroupItem(
        null,
        GroupItem.label(before, later),
        ImmutableList.copyOf(all),
        both,
        "",
        Grid.over(before.length()));
  }

  /** A text of the later one with parameters among all, to which those that are new are added. */
  private static String renamed(List<Argument> all, GroupItem later, String text) {
    List<Integer> places = new ArrayList<>();
    for (Argument argument : later.arguments()) {
      int place = 0;
      while (place < all.size()
          && !(argument.isNumber()
              ? all.get(place).equals(argument)
              : all.get(place).isSameAs(argument))) {
        place++;
      }
      if (place == all.size()) {
        all.add(argument);
      } else if (argument.written()) {
        all.set(place, argument);
      }
      places.add(place);
    }
    return GroupItem.rename(text, place -> "p" + places.get(place));
  }

  /** The later one's element where the earlier one writes what it reads. */
  private static @Nullable GroupItem results(GroupItem before, GroupItem later) {
    for (int result = 0; result < before.arguments().size(); result++) {
      long stores = GroupItem.stores(before.body(), result);
      if (stores > 0
          && stores == GroupItem.uses(before.body(), result)
          && before.body().length() + stores * later.element().length() <= 2L * LONGEST
          && goesOnWith(before, result, later)) {
        return goneOn(before, result, later);
      }
    }
    return null;
  }

  private static boolean goesOnWith(GroupItem before, int result, GroupItem later) {
    Argument made = before.arguments().get(result);
    boolean reads = false;
    for (int j = 0; j < later.arguments().size(); j++) {
      Argument argument = later.arguments().get(j);
      if (argument.isSameAs(made) && later.isInPlace(j)) {
        reads = true;
      } else if (before.arguments().stream().anyMatch(argument::meets)) {
        return false;
      }
    }
    return reads;
  }

  private static GroupItem goneOn(GroupItem before, int result, GroupItem later) {
    Argument made = before.arguments().get(result);
    List<Argument> all = new ArrayList<>(before.arguments());
    List<String> names = new ArrayList<>();
    for (Argument argument : later.arguments()) {
      if (argument.isSameAs(made)) {
        names.add("made");
      } else if (!argument.isNumber() && !argument.written() && all.contains(argument)) {
        names.add("p" + all.indexOf(argument));
      } else {
        names.add("p" + all.size());
        all.add(argument);
      }
    }
    // what is made is a variable: writing it is not the last that is done with it
    String element = GroupItem.rename(later.element(), names::get).replace("made[i]", "made");
    element = element.replaceAll("\\bmade = ([^;]*);/\\*made\\*/", "made = $1;");
    int depth = 0;
    while (before.body().contains("made" + depth)) {
      depth++;
    }
    element = element.replaceAll("\\bmade\\b(?!\\*/)", "made" + depth);
    String at = "at" + depth;
    element = element.replaceAll("\\bi\\b", at);
    String text =
        String.format(
            Locale.ROOT,
            "{ %s made%d = %%s; const %s %s = %%s;\n%s    %s }",
            made.type(),
            depth,
            later.length() <= Integer.MAX_VALUE ? "unsigned" : "long long",
            at,
            element.replace("%", "%%"),
            Made.store("p" + result, at, "made" + depth));
    String body =
        Made.stores(before.body())
            .replaceAll(
                store ->
                    Matcher.quoteReplacement(
                        Integer.parseInt(store.group(1)) == result
                            ? String.format(Locale.ROOT, text, store.group(3), store.group(2))
                            : store.group()));
    return new GroupItem(
        null, GroupItem.label(before, later), ImmutableList.copyOf(all), "", body, before.grid());
  }

  /** One block does one after the other. */
  private static @Nullable GroupItem blocks(GroupItem before, GroupItem later) {
    if (!isOneBlock(before) || !isOneBlock(later)) {
      return null;
    }
    List<Argument> all = new ArrayList<>(before.arguments());
    String first = ofOneBlock(before);
    String second = renamed(all, later, ofOneBlock(later));
    return new GroupItem(
        null,
        GroupItem.label(before, later),
        ImmutableList.copyOf(all),
        "",
        "  {\n" + first + "  }\n  __syncthreads();\n  {\n" + second + "  }\n",
        Grid.of(1, Grid.THREADS));
  }

  private static boolean isOneBlock(GroupItem item) {
    boolean small =
        item.isElementwise()
            ? item.length() <= SMALL
            : item.grid().equals(Grid.of(1, Grid.THREADS)) && !item.body().contains("gridDim");
    return small && item.body().length() + item.element().length() <= LONGEST;
  }

  private static String ofOneBlock(GroupItem item) {
    // elements are read and written again by the next, so that none of them is a variable here
    return Made.unmarked(
        item.isElementwise()
            ? String.format(
                Locale.ROOT,
                "  for (unsigned i = threadIdx.x; i < %du; i += %d) {\n%s  }\n",
                item.length(),
                Grid.THREADS,
                item.element())
            : item.body());
  }
}
