package dev.tandem.cuda.memory;

import com.google.common.collect.ImmutableList;
import dev.tandem.cuda.device.Command;
import dev.tandem.cuda.kernel.CommandGroups;
import org.jspecify.annotations.Nullable;

/**
 * What is done to the commands of a plan.
 *
 * @param before what runs before them
 * @param after what runs after them
 * @param temporary memory of which nobody reads what is there when all are done
 * @param flag what lets them be left out; null if nothing does
 */
record CommandFrame(
    ImmutableList<Command> before,
    ImmutableList<Command> after,
    ImmutableList<CommandGroups.Stretch> temporary,
    @Nullable GuardFlag flag) {

  /** Commands as they are, of which all that is written may be read. */
  static final CommandFrame NONE =
      new CommandFrame(ImmutableList.of(), ImmutableList.of(), ImmutableList.of(), null);

  /** Lets commands be left out. */
  ImmutableList<Command> guard(ImmutableList<Command> commands, Holding holding) {
    return flag == null || commands.isEmpty()
        ? commands
        : Guarded.of(commands, flag.address(), temporary, holding);
  }
}
