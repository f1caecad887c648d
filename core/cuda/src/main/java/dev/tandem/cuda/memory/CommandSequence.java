package dev.tandem.cuda.memory;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.engine.task.BufferView;
import dev.tandem.core.engine.task.Task;
import dev.tandem.core.op.OpCall;
import dev.tandem.cuda.device.Command;
import dev.tandem.cuda.device.Device;
import dev.tandem.cuda.kernel.CommandGroups;
import dev.tandem.cuda.kernel.HostCode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Tasks ready to run one after another: stretches of commands, each recorded once, and calls of the
 * host's code between them.
 */
public final class CommandSequence {

  private final Holding holding;
  private final List<Runnable> parts = new ArrayList<>();
  private final ImmutableList.Builder<Command> commands = ImmutableList.builder();
  private final ImmutableList.Builder<OpCall> hostCalls = ImmutableList.builder();
  private final List<Command> open = new ArrayList<>();

  private CommandSequence(Holding holding) {
    this.holding = holding;
  }

  /**
   * Makes tasks ready.
   *
   * @param holding owns what that takes
   * @param temporary memory of which nobody reads what is there when all are done
   */
  static CommandSequence of(
      List<Task> tasks,
      Holding holding,
      Function<Task, List<Command>> commands,
      ToLongFunction<BufferView> addresses,
      List<CommandGroups.Stretch> temporary) {
    CommandSequence sequence = new CommandSequence(holding);
    for (Task task : tasks) {
      if (task.choice() instanceof HostCode code) {
        sequence.record(List.of());
        sequence.parts.add(new HostCall(task, code, holding, addresses));
        sequence.hostCalls.add(task.call());
      } else {
        sequence.open.addAll(commands.apply(task));
      }
    }
    sequence.record(temporary);
    return sequence;
  }

  private void record(List<CommandGroups.Stretch> temporary) {
    if (!open.isEmpty()) {
      ImmutableList<Command> grouped = CommandGroups.of(open, temporary);
      Device.Recording recording = holding.device().record(grouped);
      holding.own(recording::close);
      parts.add(recording::run);
      commands.addAll(grouped);
      open.clear();
    }
  }

  /** Asks for one run; waits only where the host's code needs what the card computes. */
  public void run() {
    for (int i = 0; i < parts.size(); i++) {
      parts.get(i).run();
    }
  }

  /** What the card does, in order. */
  public ImmutableList<Command> commands() {
    return commands.build();
  }

  /** What the host does, in order. */
  public ImmutableList<OpCall> hostCalls() {
    return hostCalls.build();
  }
}
