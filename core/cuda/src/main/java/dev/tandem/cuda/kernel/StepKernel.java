package dev.tandem.cuda.kernel;

import com.google.common.collect.ImmutableList;
import dev.tandem.cuda.device.Command;
import dev.tandem.cuda.text.CType;
import dev.tandem.cuda.text.Grid;
import dev.tandem.cuda.text.KernelText;

/**
 * A kernel of one step of a recurrence: a thread for each number of a state. In its statements
 * parameters have names; I is the type of indices, i the number of the state, row its sample, col
 * its place there. Which step it is comes as a number, so that all steps have one text.
 */
final class StepKernel {

  private final String label;
  private final CType type;
  private final ImmutableList.Builder<String> parameters = ImmutableList.builder();
  private final ImmutableList.Builder<Long> addresses = ImmutableList.builder();
  private final ImmutableList.Builder<Long> lengths = ImmutableList.builder();
  private final StringBuilder names = new StringBuilder();
  private int count;

  StepKernel(String label, CType type) {
    this.label = label;
    this.type = type;
  }

  private StepKernel add(String name, String parameter, long value, long length) {
    boolean number = parameter.equals(Command.Launch.NUMBER);
    String declared = number ? "const I " + name + " = (I)(long long)p" + count : "";
    if (!number) {
      declared = "auto *" + name + " = p" + count;
    }
    names.append("    ").append(declared).append(";\n");
    parameters.add(parameter);
    addresses.add(value);
    lengths.add(length);
    count++;
    return this;
  }

  /** Memory that is read alone. */
  StepKernel reads(String name, long address, long length) {
    return add(name, type.input(), address, length);
  }

  /** Memory that is written, and may be read. */
  StepKernel writes(String name, long address, long length) {
    return add(name, type.output(), address, length);
  }

  /** A whole number. */
  StepKernel number(String name, long value) {
    return add(name, Command.Launch.NUMBER, value, 0);
  }

  /**
   * The command.
   *
   * @param states how many numbers a state has
   * @param units how many of one sample
   * @param largest what no index exceeds
   */
  Command over(long states, long units, long largest, String statements) {
    String body =
        names + "    const I row = i / " + units + ", col = i % " + units + ";\n" + statements;
    KernelText text =
        new KernelText(
            label, parameters.build(), ElementLoop.over(states, largest, body), Grid.over(states));
    return new Command.Launch(text, addresses.build(), lengths.build());
  }
}
