package dev.tandem.cuda;

import com.google.common.collect.ImmutableSortedMap;
import dev.tandem.core.engine.TaskPlan;
import dev.tandem.core.engine.task.BufferView;
import dev.tandem.cuda.device.Command;
import dev.tandem.cuda.memory.CommandSequence;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * What a program takes on a card, and what it does there in a run.
 *
 * @param bytes all of its own, without variables
 * @param arenaBytes the memory in which intermediate values take turns
 * @param feedBytes what is fed
 * @param outputBytes what can be read
 * @param variableBytes the mirrors of variables, which others may share
 * @param launches own kernels of a run
 * @param libraryCalls products and convolutions of a run
 * @param copies within the card's memory
 * @param hostCalls users' code that the host runs
 * @param kernels how often each kernel is launched, by its label
 */
public record CudaReport(
    long bytes,
    long arenaBytes,
    long feedBytes,
    long outputBytes,
    long variableBytes,
    int launches,
    int libraryCalls,
    int copies,
    int hostCalls,
    ImmutableSortedMap<String, Integer> kernels) {

  static CudaReport of(TaskPlan plan, CommandSequence sequence, long bytes) {
    ImmutableSortedMap.Builder<String, Integer> kernels = ImmutableSortedMap.naturalOrder();
    sequence.commands().stream()
        .collect(Collectors.groupingBy(CudaReport::label))
        .forEach((label, all) -> kernels.put(label, all.size()));
    int launches = count(sequence, Command.Launch.class);
    int copies = count(sequence, Command.Copy.class);
    return new CudaReport(
        bytes,
        sequence.arenaBytes(),
        bytes(plan.feeds().values()),
        bytes(plan.outputs().values()),
        plan.variables().values().stream().mapToLong(buffer -> buffer.bytes()).sum(),
        launches,
        sequence.commands().size() - launches - copies,
        copies,
        sequence.hostCalls().size(),
        kernels.buildOrThrow());
  }

  private static String label(Command command) {
    return command instanceof Command.Launch launch
        ? launch.kernel().label()
        : command.getClass().getSimpleName();
  }

  private static int count(CommandSequence sequence, Class<? extends Command> kind) {
    return (int) sequence.commands().stream().filter(kind::isInstance).count();
  }

  private static long bytes(Collection<BufferView> views) {
    return views.stream().map(BufferView::buffer).distinct().mapToLong(b -> b.bytes()).sum();
  }

  /** The commands of a run. */
  public int commands() {
    return launches + libraryCalls + copies;
  }
}
