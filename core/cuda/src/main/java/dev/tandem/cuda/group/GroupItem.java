package dev.tandem.cuda.group;

import com.google.common.collect.ImmutableList;
import dev.tandem.cuda.device.Access;
import dev.tandem.cuda.device.Command;
import dev.tandem.cuda.text.CType;
import dev.tandem.cuda.text.Grid;
import dev.tandem.cuda.text.KernelText;
import dev.tandem.cuda.text.Made;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A command, or what became of several.
 *
 * @param command what runs if it stays alone; null if it is made of several
 * @param label for listings
 * @param arguments what a launch reads and writes
 * @param element statements for the element "i", or "" if it is not elementwise
 * @param body all of it, or "" for a call of a library
 * @param grid how many threads run it
 */
record GroupItem(
    @Nullable Command command,
    String label,
    ImmutableList<Argument> arguments,
    String element,
    String body,
    Grid grid) {

  private static final Pattern PARAMETER = Pattern.compile("\\bp(\\d+)\\b");
  private static final int LONGEST_LABEL = 60;

  static GroupItem of(Command command) {
    if (command instanceof Command.Copy copy) {
      return of(copy);
    } else if (command instanceof Command.Launch launch) {
      return of(launch);
    }
    return new GroupItem(command, "", ImmutableList.of(), "", "", Grid.over(0));
  }

  private static GroupItem of(Command.Copy copy) {
    boolean isAligned = (copy.from() | copy.to() | copy.bytes()) % Float.BYTES == 0;
    CType type = isAligned ? CType.FLOAT : CType.UBYTE;
    long length = copy.bytes() / type.bytes();
    return new GroupItem(
        copy,
        "copy",
        ImmutableList.of(
            Argument.read(type, copy.from(), length), Argument.written(type, copy.to(), length)),
        "    " + Made.store("p1", "i", "p0[i]") + "\n",
        "",
        Grid.over(length));
  }

  private static GroupItem of(Command.Launch launch) {
    KernelText kernel = launch.kernel();
    ImmutableList.Builder<Argument> arguments = ImmutableList.builder();
    for (int i = 0; i < kernel.parameters().size(); i++) {
      arguments.add(
          Argument.of(
              kernel.parameters().get(i), launch.addresses().get(i), launch.lengths().get(i)));
    }
    return new GroupItem(
        launch, kernel.label(), arguments.build(), kernel.element(), kernel.body(), kernel.grid());
  }

  /** Whether it is a call of a library. */
  boolean isLibrary() {
    return arguments.isEmpty();
  }

  /** Whether it goes over elements one by one. */
  boolean isElementwise() {
    return !element.isEmpty();
  }

  /** What it reads and writes. */
  List<Access> accesses() {
    return isLibrary() && command != null
        ? command.accesses()
        : arguments.stream().map(Argument::access).toList();
  }

  /** The elements of an elementwise one. */
  long length() {
    return arguments.stream()
        .filter(Argument::written)
        .mapToLong(Argument::length)
        .findFirst()
        .orElse(0);
  }

  /** Whether an elementwise one reads and writes only the element "i" of an argument. */
  boolean isInPlace(int argument) {
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

  /** The place of an argument that is the same memory, or -1. */
  int placeOf(Argument other) {
    return IntStream.range(0, arguments.size())
        .filter(i -> arguments.get(i).isSameAs(other) && !other.isNumber())
        .findFirst()
        .orElse(-1);
  }

  /** A text with other names of its parameters. */
  static String rename(String text, IntFunction<String> name) {
    return PARAMETER
        .matcher(text)
        .replaceAll(
            (MatchResult match) ->
                Matcher.quoteReplacement(name.apply(Integer.parseInt(match.group(1)))));
  }

  /** How often a text names a parameter. */
  static long uses(String text, int parameter) {
    return PARAMETER
        .matcher(text)
        .results()
        .filter(match -> Integer.parseInt(match.group(1)) == parameter)
        .count();
  }

  /** How often a text writes an element of a parameter where more can be done with it. */
  static long stores(String text, int parameter) {
    return Made.stores(text)
        .results()
        .filter(match -> Integer.parseInt(match.group(1)) == parameter)
        .count();
  }

  /** The label for what two became. */
  static String label(GroupItem first, GroupItem second) {
    String both = first.label.equals(second.label) ? first.label : first.label + "_" + second.label;
    return both.length() > LONGEST_LABEL ? first.label : both;
  }

  /** Whether what was there before at an argument matters. */
  boolean needs(int argument) {
    if (!arguments.get(argument).written()) {
      return true;
    }
    for (int i = 0; i < arguments.size(); i++) {
      if (i != argument && arguments.get(argument).meets(arguments.get(i))) {
        return true;
      }
    }
    if (!isElementwise()) {
      return stores(body, argument) == 0 || stores(body, argument) != uses(body, argument);
    }
    int first = element.indexOf("p" + argument + "[i]");
    return !isInPlace(argument) || !element.startsWith("p" + argument + "[i] = ", first);
  }

  /** The same, where some arguments that it writes first and nobody needs are local variables. */
  GroupItem without(List<Integer> local) {
    if (local.isEmpty()) {
      return this;
    }
    List<Argument> all = new ArrayList<>();
    List<String> names = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    String rest = isElementwise() ? element : body;
    for (int i = 0; i < arguments.size(); i++) {
      if (!local.contains(i)) {
        names.add("p" + all.size());
        all.add(arguments.get(i));
        continue;
      }
      names.add("");
      if (isElementwise()) {
        text.append("    ").append(arguments.get(i).type()).append(" kept").append(i).append(";\n");
        rest = rest.replace("p" + i + "[i]", "kept" + i);
      } else {
        int argument = i;
        rest =
            Made.stores(rest)
                .replaceAll(
                    match ->
                        Matcher.quoteReplacement(
                            Integer.parseInt(match.group(1)) == argument ? ";" : match.group()));
      }
    }
    text.append(rename(rest, names::get));
    return isElementwise()
        ? new GroupItem(null, label, ImmutableList.copyOf(all), text.toString(), "", grid)
        : new GroupItem(null, label, ImmutableList.copyOf(all), "", text.toString(), grid);
  }

  /** The command for it alone. */
  Command alone() {
    if (command != null) {
      return command;
    }
    ImmutableList<String> parameters = parameters(arguments);
    return new Command.Launch(
        isElementwise()
            ? KernelText.over(label, parameters, element, length())
            : new KernelText(label, parameters, body, grid),
        arguments.stream().map(Argument::address).collect(ImmutableList.toImmutableList()),
        arguments.stream().map(Argument::length).collect(ImmutableList.toImmutableList()));
  }

  /** Parameters for arguments; what is only read, and no other writes, is said to be apart. */
  static ImmutableList<String> parameters(List<Argument> arguments) {
    List<Access> written =
        arguments.stream().filter(Argument::written).map(Argument::access).toList();
    return arguments.stream()
        .map(one -> isApart(one, written) ? one.parameter() + "__restrict__ " : one.parameter())
        .collect(ImmutableList.toImmutableList());
  }

  /** Whether an argument is only read, and meets nothing of what is written. */
  static boolean isApart(Argument argument, List<Access> written) {
    return !argument.written()
        && !argument.isNumber()
        && written.stream().noneMatch(argument.access()::meets);
  }
}
