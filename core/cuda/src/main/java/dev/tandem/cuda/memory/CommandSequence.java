package dev.tandem.cuda.memory;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.engine.task.BufferView;
import dev.tandem.core.engine.task.Task;
import dev.tandem.core.op.OpCall;
import dev.tandem.cuda.device.Access;
import dev.tandem.cuda.device.Command;
import dev.tandem.cuda.device.Device;
import dev.tandem.cuda.group.CommandGroups;
import dev.tandem.cuda.group.Temporary;
import dev.tandem.cuda.kernel.HostCode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongUnaryOperator;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tasks ready to run one after another: stretches of commands, each recorded once, and calls of the
 * host's code between them.
 */
public final class CommandSequence {

  /** Commands, or a task for the host. */
  private record Part(List<Command> commands, @Nullable Task host) {}

  /** Commands of parts in stages, and where they have values. */
  private record Schedule(
      List<ImmutableList<ImmutableList<Command>>> stages, Unplaced.Places places) {}

  private final CommandFrame frame;
  private final List<Runnable> runs = new ArrayList<>();
  private final ImmutableList.Builder<Command> commands = ImmutableList.builder();
  private final ImmutableList.Builder<OpCall> hostCalls = ImmutableList.builder();
  private final long arenaBytes;

  /**
   * Makes tasks ready.
   *
   * @param holding owns what that takes
   * @param unplaced values that are placed here; nobody reads what is there when all are done
   * @param settled is told where they are, before it is asked for addresses for the host
   * @param frame what is done to the commands
   */
  CommandSequence(
      List<Task> tasks,
      Holding holding,
      Function<Task, List<Command>> commandsOf,
      ToLongFunction<BufferView> addresses,
      Unplaced unplaced,
      Consumer<LongUnaryOperator> settled,
      CommandFrame frame) {
    this.frame = frame;
    List<Part> parts = parts(tasks, commandsOf);
    List<CommandGroups> groups = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      boolean isLast = i == parts.size() - 1;
      groups.add(CommandGroups.of(parts.get(i).commands(), isLast ? unplaced : Temporary.NONE));
    }
    Schedule early = schedule(parts, groups, false, addresses, unplaced);
    Schedule late = schedule(parts, groups, true, addresses, unplaced);
    Schedule best = late.places().length() < early.places().length() ? late : early;
    this.arenaBytes = best.places().length();
    long arena = arenaBytes == 0 ? 0 : holding.allocate(arenaBytes);
    LongUnaryOperator moving = unplaced.moving(best.places(), arena);
    settled.accept(moving);
    for (int i = 0; i < parts.size(); i++) {
      Task host = parts.get(i).host();
      if (host != null) {
        runs.add(new HostCall(host, (HostCode) host.choice(), holding, addresses));
        hostCalls.add(host.call());
      }
      ImmutableList<Command> placed = placed(best.stages().get(i), moving);
      record(
          ImmutableList.<Command>builder()
              .addAll(i == 0 ? frame.before() : ImmutableList.of())
              .addAll(frame.guard(placed, new Temporary.Stretch(arena, arenaBytes), holding))
              .addAll(i == parts.size() - 1 ? frame.after() : ImmutableList.of())
              .build(),
          holding);
    }
  }

  /** Stretches of commands, each behind a task of the host but the first. */
  private static List<Part> parts(List<Task> tasks, Function<Task, List<Command>> commandsOf) {
    List<Part> parts = new ArrayList<>();
    parts.add(new Part(new ArrayList<>(), null));
    for (Task task : tasks) {
      if (task.choice() instanceof HostCode) {
        parts.add(new Part(new ArrayList<>(), task));
      } else {
        parts.get(parts.size() - 1).commands().addAll(commandsOf.apply(task));
      }
    }
    return parts;
  }

  private static Schedule schedule(
      List<Part> parts,
      List<CommandGroups> groups,
      boolean late,
      ToLongFunction<BufferView> addresses,
      Unplaced unplaced) {
    List<ImmutableList<ImmutableList<Command>>> all = new ArrayList<>();
    List<List<Access>> used = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      Task host = parts.get(i).host();
      if (host != null) {
        used.add(
            Stream.concat(host.inputs().stream(), host.outputs().stream())
                .map(view -> new Access(addresses.applyAsLong(view), 1, true))
                .toList());
      }
      ImmutableList<ImmutableList<Command>> stages = groups.get(i).stages(late);
      stages.forEach(stage -> used.add(Unplaced.accesses(stage)));
      all.add(stages);
    }
    return new Schedule(all, unplaced.placed(used));
  }

  private static ImmutableList<Command> placed(
      List<ImmutableList<Command>> stages, LongUnaryOperator moving) {
    return stages.stream()
        .flatMap(List::stream)
        .map(command -> command.moved(moving))
        .collect(ImmutableList.toImmutableList());
  }

  private void record(ImmutableList<Command> all, Holding holding) {
    if (!all.isEmpty()) {
      Device.Recording recording = holding.device().record(all);
      holding.own(recording::close);
      runs.add(recording::run);
      commands.addAll(all);
    }
  }

  /** Asks for one run; waits only where the host's code needs what the card computes. */
  public void run() {
    if (isHeld()) {
      return;
    }
    for (int i = 0; i < runs.size(); i++) {
      runs.get(i).run();
    }
  }

  /** The host's code cannot be left out by the card. */
  private boolean isHeld() {
    GuardFlag flag = frame.flag();
    return flag != null && !hostCalls().isEmpty() && flag.isHeld();
  }

  /** What the card does, in order. */
  public ImmutableList<Command> commands() {
    return commands.build();
  }

  /** What the host does, in order. */
  public ImmutableList<OpCall> hostCalls() {
    return hostCalls.build();
  }

  /** The bytes in which intermediate values take turns. */
  public long arenaBytes() {
    return arenaBytes;
  }
}
