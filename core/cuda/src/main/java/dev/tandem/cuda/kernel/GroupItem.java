package dev.tandem.cuda.kernel;

import com.google.common.collect.ImmutableList;
import dev.tandem.cuda.device.Command;
import dev.tandem.cuda.text.CType;
import dev.tandem.cuda.text.Grid;
import dev.tandem.cuda.text.KernelText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A launch of which it is known what it reads and writes, so that others may run beside it.
 *
 * @param command what runs if it stays alone; null if it is made of several
 * @param label for listings
 * @param arguments what it reads and writes
 * @param element statements for the element "i", or "" if it is not elementwise
 * @param body all of it
 * @param grid how many threads run it
 */
record GroupItem(
    @Nullable Command command,
    String label,
    ImmutableList<Argument> arguments,
    String element,
    String body,
    Grid grid) {

  /** Parameters in a text. */
  static final Pattern PARAMETER = Pattern.compile("\\bp(\\d+)\\b");

  private static final int MOST_ARGUMENTS = 24;
  private static final int LONGEST = 8000;
  private static final int MOST_BLOCKS = 1024;

  /** A stretch of memory. */
  record Argument(CType type, boolean written, long address, long length) {

    long end() {
      return address + length * type.bytes();
    }

    boolean meets(Argument other) {
      return (written || other.written) && address < other.end() && other.address < end();
    }

    boolean isSameAs(Argument other) {
      return address == other.address && type == other.type && length == other.length;
    }

    /** As a parameter of a kernel. */
    String parameter() {
      return (written ? "" : "const ") + type.text() + " *";
    }
  }

  /** The item of a command, or null if it is not known what that reads and writes. */
  static @Nullable GroupItem of(Command command) {
    if (command instanceof Command.Copy copy) {
      return of(copy);
    } else if (!(command instanceof Command.Launch launch) || launch.lengths().isEmpty()) {
      return null;
    } else {
      return of(launch);
    }
  }

  private static GroupItem of(Command.Copy copy) {
    boolean isAligned = (copy.from() | copy.to() | copy.bytes()) % Float.BYTES == 0;
    CType type = isAligned ? CType.FLOAT : CType.UBYTE;
    long length = copy.bytes() / type.bytes();
    return new GroupItem(
        copy,
        "copy",
        ImmutableList.of(
            new Argument(type, false, copy.from(), length),
            new Argument(type, true, copy.to(), length)),
        "    p1[i] = p0[i];\n",
        "",
        Grid.over(length));
  }

  private static @Nullable GroupItem of(Command.Launch launch) {
    KernelText kernel = launch.kernel();
    ImmutableList.Builder<Argument> arguments = ImmutableList.builder();
    for (int i = 0; i < kernel.parameters().size(); i++) {
      String parameter = kernel.parameters().get(i);
      CType type = CType.ofParameter(parameter);
      if (type == null) {
        return null;
      }
      boolean written = !parameter.startsWith("const ");
      arguments.add(
          new Argument(type, written, launch.addresses().get(i), launch.lengths().get(i)));
    }
    return new GroupItem(
        launch, kernel.label(), arguments.build(), kernel.element(), kernel.body(), kernel.grid());
  }

  /** Whether it goes over elements one by one. */
  boolean isElementwise() {
    return !element.isEmpty();
  }

  /** Whether its blocks may stand among those of others. */
  boolean mayJoin() {
    return isElementwise()
        || grid.threads() == Grid.THREADS
            && grid.threadsY() == 1
            && (long) grid.blocks() * grid.blocksY() <= MOST_BLOCKS
            && !body.contains("gridDim")
            && !body.contains("blockDim");
  }

  /** Whether one of two has to be done before the other begins. */
  boolean meets(GroupItem other) {
    for (Argument own : arguments) {
      for (Argument others : other.arguments) {
        if (own.meets(others)) {
          return true;
        }
      }
    }
    return false;
  }

  /** The elements of an elementwise one. */
  long length() {
    return arguments.stream()
        .filter(Argument::written)
        .mapToLong(Argument::length)
        .findFirst()
        .orElse(0);
  }

  /** Whether only the element "i" of an argument is read or written. */
  private boolean isInPlace(int argument) {
    if (arguments.get(argument).length() != length()) {
      return false;
    }
    Matcher matcher = PARAMETER.matcher(element);
    while (matcher.find()) {
      if (Integer.parseInt(matcher.group(1)) == argument
          && !element.startsWith("[i]", matcher.end())) {
        return false;
      }
    }
    return true;
  }

  /** Whether each thread may do the later one's element right after its own. */
  boolean takes(GroupItem later) {
    if (!isElementwise()
        || !later.isElementwise()
        || length() != later.length()
        || arguments.size() + later.arguments.size() > MOST_ARGUMENTS
        || element.length() + later.element.length() > LONGEST) {
      return false;
    }
    boolean shares = false;
    for (int i = 0; i < arguments.size(); i++) {
      for (int j = 0; j < later.arguments.size(); j++) {
        Argument own = arguments.get(i);
        Argument others = later.arguments.get(j);
        boolean together = own.isSameAs(others) && isInPlace(i) && later.isInPlace(j);
        if (own.meets(others) && !together) {
          return false;
        }
        shares |= together;
      }
    }
    return shares;
  }

  /** Both as one. */
  GroupItem with(GroupItem later) {
    List<Argument> all = new ArrayList<>(arguments);
    List<Integer> places = new ArrayList<>();
    for (Argument argument : later.arguments) {
      int place = 0;
      while (place < all.size() && !all.get(place).isSameAs(argument)) {
        place++;
      }
      if (place == all.size()) {
        all.add(argument);
      } else if (argument.written()) {
        all.set(place, argument);
      }
      places.add(place);
    }
    String renamed = rename(later.element, place -> "p" + places.get(place));
    String both = "    {\n" + element + "    }\n    {\n" + renamed + "    }\n";
    String name = label.equals(later.label) ? label : label + "_" + later.label;
    return new GroupItem(
        null,
        name.length() > 60 ? label : name,
        ImmutableList.copyOf(all),
        both,
        "",
        Grid.over(length()));
  }

  /** A text with other names of its parameters. */
  static String rename(String text, IntFunction<String> name) {
    return PARAMETER
        .matcher(text)
        .replaceAll((MatchResult match) -> name.apply(Integer.parseInt(match.group(1))));
  }

  /** Whether what was there before at an argument matters. */
  boolean needs(int argument) {
    if (!arguments.get(argument).written() || !isElementwise() || !isInPlace(argument)) {
      return true;
    }
    Argument own = arguments.get(argument);
    for (int i = 0; i < arguments.size(); i++) {
      if (i != argument && own.meets(arguments.get(i))) {
        return true;
      }
    }
    int first = element.indexOf("p" + argument + "[i]");
    return !element.startsWith("p" + argument + "[i] = ", first);
  }

  /** The same, where some arguments that it writes first and nobody needs are local variables. */
  GroupItem without(List<Integer> local) {
    if (local.isEmpty()) {
      return this;
    }
    List<Argument> all = new ArrayList<>();
    List<String> names = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    String rest = element;
    for (int i = 0; i < arguments.size(); i++) {
      Argument argument = arguments.get(i);
      if (local.contains(i)) {
        text.append(String.format(Locale.ROOT, "    %s kept%d;\n", argument.type().text(), i));
        rest = rest.replace("p" + i + "[i]", "kept" + i);
        names.add("kept" + i);
      } else {
        names.add("p" + all.size());
        all.add(argument);
      }
    }
    text.append(rename(rest, names::get));
    return new GroupItem(null, label, ImmutableList.copyOf(all), text.toString(), "", grid);
  }

  /** The command for it alone. */
  Command alone() {
    if (command != null) {
      return command;
    }
    return new Command.Launch(
        KernelText.over(
            label,
            arguments.stream().map(Argument::parameter).collect(ImmutableList.toImmutableList()),
            element,
            length()),
        arguments.stream().map(Argument::address).collect(ImmutableList.toImmutableList()),
        arguments.stream().map(Argument::length).collect(ImmutableList.toImmutableList()));
  }
}
