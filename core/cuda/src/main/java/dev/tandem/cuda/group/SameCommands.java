package dev.tandem.cuda.group;

import com.google.common.collect.ImmutableSortedSet;
import dev.tandem.cuda.device.Access;
import dev.tandem.cuda.device.Command;
import dev.tandem.cuda.device.Dependencies;
import dev.tandem.cuda.text.KernelText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Launches that write what another one wrote before, as where two convolutions turn the same
 * weights: the second one is left out, and whoever reads its result reads the first one's.
 */
final class SameCommands {

  private record Key(KernelText kernel, List<Long> reads, Set<Integer> waits) {}

  private record Result(long from, long to, long bytes) {

    boolean has(long address) {
      return address >= from && address < from + bytes;
    }
  }

  private final Temporary temporary;
  private final Map<Key, Long> known = new HashMap<>();
  private final List<Access> written = new ArrayList<>();
  private final List<Result> results = new ArrayList<>();

  private SameCommands(Temporary temporary) {
    this.temporary = temporary;
  }

  /** The commands without those whose result is there. */
  static List<Command> once(List<Command> commands, Temporary temporary) {
    SameCommands same = new SameCommands(temporary);
    for (Command command : commands) {
      command.accesses().stream().filter(Access::written).forEach(same.written::add);
    }
    List<ImmutableSortedSet<Integer>> waits = Dependencies.of(commands);
    List<Command> left = new ArrayList<>();
    for (int i = 0; i < commands.size(); i++) {
      Command command = commands.get(i).moved(same::moved);
      if (!(command instanceof Command.Launch launch && same.isThere(launch, waits.get(i)))) {
        left.add(command);
      }
    }
    return left;
  }

  private long moved(long address) {
    for (Result result : results) {
      if (result.has(address)) {
        return address - result.from() + result.to();
      }
    }
    return address;
  }

  private boolean isThere(Command.Launch launch, Set<Integer> waits) {
    List<Long> reads = new ArrayList<>();
    List<Long> writes = new ArrayList<>();
    for (int i = 0; i < launch.addresses().size(); i++) {
      boolean isRead = launch.kernel().parameters().get(i).startsWith("const ");
      (isRead ? reads : writes).add(launch.addresses().get(i));
    }
    List<Access> results = launch.accesses().stream().filter(Access::written).toList();
    if (results.size() != 1 || !isOwn(results.get(0))) {
      return false;
    }
    Key key = new Key(launch.kernel(), reads, Set.copyOf(waits));
    Long first = known.putIfAbsent(key, writes.get(0));
    if (first == null) {
      return false;
    }
    this.results.add(new Result(writes.get(0), first, results.get(0).bytes()));
    return true;
  }

  /** Whether a result is all of a temporary value that nothing else writes. */
  private boolean isOwn(Access result) {
    return written.stream().filter(result::meets).count() == 1
        && temporary.stretches().stream()
            .anyMatch(one -> one.address() == result.address() && one.bytes() == result.bytes());
  }
}
