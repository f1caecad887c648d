package dev.tandem.cuda.group;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import dev.tandem.cuda.device.Access;
import dev.tandem.cuda.device.Command;
import dev.tandem.cuda.device.Dependencies;
import dev.tandem.cuda.text.KernelText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * Values that were to take the place of others which somebody still has to read get a place of
 * their own, so that their writers need not wait for the readers.
 */
final class Versions {

  private final Temporary temporary;
  private final TreeMap<Long, Long> bytes = new TreeMap<>();
  private final Map<Long, Long> current = new HashMap<>();
  private final Map<Long, Boolean> written = new HashMap<>();
  private final Map<Long, List<Integer>> readers = new HashMap<>();
  private final List<Command> commands;
  private final List<ImmutableSortedSet<Integer>> waits;

  private Versions(List<Command> commands, Temporary temporary) {
    this.temporary = temporary;
    this.commands = commands;
    this.waits = Dependencies.of(commands);
    temporary.stretches().forEach(one -> bytes.put(one.address(), one.bytes()));
  }

  /** The commands on values of their own. */
  static List<Command> apart(List<Command> commands, Temporary temporary) {
    Versions versions = new Versions(commands, temporary);
    List<Command> all = new ArrayList<>();
    for (int i = 0; i < commands.size(); i++) {
      all.add(versions.next(i, commands.get(i)));
    }
    return all;
  }

  private long root(long address) {
    Long root = bytes.floorKey(address);
    return root != null && address < root + Math.max(1, bytes.getOrDefault(root, 0L)) ? root : 0;
  }

  private long now(long address) {
    long root = root(address);
    return root == 0 ? address : current.getOrDefault(root, root) + address - root;
  }

  private Command next(int number, Command command) {
    Command moved = command.moved(this::now);
    if (command instanceof Command.Launch launch && moved instanceof Command.Launch there) {
      List<Long> addresses = new ArrayList<>(there.addresses());
      for (int i = 0; i < addresses.size(); i++) {
        if (isNew(number, launch, i)) {
          long root = launch.addresses().get(i);
          long fresh = temporary.add(Objects.requireNonNull(bytes.get(root)));
          current.put(root, fresh);
          addresses.set(i, fresh);
        }
      }
      moved =
          new Command.Launch(launch.kernel(), ImmutableList.copyOf(addresses), launch.lengths());
    }
    note(number, command);
    return moved;
  }

  /** Whether an argument is a value that lies where one was that others read as well. */
  private boolean isNew(int number, Command.Launch launch, int argument) {
    String parameter = launch.kernel().parameters().get(argument);
    long root = launch.addresses().get(argument);
    if (parameter.startsWith("const ") || !bytes.containsKey(root)) {
      return false;
    }
    Argument whole = Argument.of(parameter, root, launch.lengths().get(argument));
    long own =
        launch.accesses().stream()
            .filter(access -> !access.written() && access.meets(whole.access()))
            .count();
    return whole.access().bytes() == Objects.requireNonNull(bytes.get(root))
        && written.getOrDefault(root, false)
        && readers.getOrDefault(root, List.of()).stream().anyMatch(one -> !isBefore(one, number))
        && own <= 1
        && isOnlyWritten(launch.kernel(), argument);
  }

  /** Whether a command waits for an earlier one for other reasons than this one, too. */
  private boolean isBefore(int earlier, int later) {
    boolean isRead =
        commands.get(earlier).accesses().stream()
            .filter(Access::written)
            .anyMatch(made -> commands.get(later).accesses().stream().anyMatch(made::meets));
    if (isRead) {
      return true;
    }
    Set<Integer> seen = new HashSet<>();
    List<Integer> open = new ArrayList<>(waits.get(later));
    open.remove((Integer) earlier);
    while (!open.isEmpty()) {
      int next = open.remove(open.size() - 1);
      if (next == earlier) {
        return true;
      } else if (next > earlier && seen.add(next)) {
        open.addAll(waits.get(next));
      }
    }
    return false;
  }

  private static boolean isOnlyWritten(KernelText kernel, int argument) {
    String text = kernel.element().isEmpty() ? kernel.body() : kernel.element();
    long stores = GroupItem.stores(text, argument);
    return stores > 0 && stores == GroupItem.uses(text, argument);
  }

  private void note(int number, Command command) {
    for (Access access : command.accesses()) {
      long root = root(access.address());
      if (root != 0 && !access.written()) {
        readers.computeIfAbsent(root, key -> new ArrayList<>()).add(number);
      }
    }
    for (Access access : command.accesses()) {
      long root = root(access.address());
      if (root != 0 && access.written()) {
        written.put(root, true);
        readers.remove(root);
      }
    }
  }
}
