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
  private final CommandFrame frame;
  private final List<Runnable> parts = new ArrayList<>();
  private final ImmutableList.Builder<Command> commands = ImmutableList.builder();
  private final ImmutableList.Builder<OpCall> hostCalls = ImmutableList.builder();
  private final List<Command> open = new ArrayList<>();

  private CommandSequence(Holding holding, CommandFrame frame) {
    this.holding = holding;
    this.frame = frame;
  }

  /**
   * Makes tasks ready.
   *
   * @param holding owns what that takes
   * @param frame what is done to the commands
   */
  static CommandSequence of(
      List<Task> tasks,
      Holding holding,
      Function<Task, List<Command>> commands,
      ToLongFunction<BufferView> addresses,
      CommandFrame frame) {
    CommandSequence sequence = new CommandSequence(holding, frame);
    ImmutableList<Command> before = frame.before();
    for (Task task : tasks) {
      if (task.choice() instanceof HostCode code) {
        sequence.record(before, List.of(), ImmutableList.of());
        before = ImmutableList.of();
        sequence.parts.add(new HostCall(task, code, holding, addresses));
        sequence.hostCalls.add(task.call());
      } else {
        sequence.open.addAll(commands.apply(task));
      }
    }
    sequence.record(before, frame.temporary(), frame.after());
    return sequence;
  }

  private void record(
      ImmutableList<Command> before,
      List<CommandGroups.Stretch> temporary,
      ImmutableList<Command> after) {
    ImmutableList<Command> all =
        ImmutableList.<Command>builder()
            .addAll(before)
            .addAll(frame.guard(CommandGroups.of(open, temporary), holding))
            .addAll(after)
            .build();
    if (!all.isEmpty()) {
      Device.Recording recording = holding.device().record(all);
      holding.own(recording::close);
      parts.add(recording::run);
      commands.addAll(all);
      open.clear();
    }
  }

  /** Asks for one run; waits only where the host's code needs what the card computes. */
  public void run() {
    if (isHeld()) {
      return;
    }
    for (int i = 0; i < parts.size(); i++) {
      parts.get(i).run();
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
}
