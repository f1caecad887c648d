package dev.tandem.examples.cli;

import dev.tandem.core.op.Engine;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option {@code --device}, to mix into a command that trains. */
public final class DeviceOption {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      defaultValue = DeviceChoice.CPU,
      description =
          "Where the steps run: cpu (default), cuda for an NVIDIA card, auto for the card where it"
              + " can be used and the CPU elsewhere, or samediff for SameDiff's own session on the"
              + " CPU. 'tandem doctor' says what is missing for a card.")
  private String name;

  /**
   * An engine of the device. To be called before anything is written, so that a device that cannot
   * be used leaves nothing behind.
   *
   * @param says is told in one line what {@code auto} chose and why
   * @throws ParameterException if there is no such device, or it cannot be used here
   */
  public Engine engine(Consumer<String> says) {
    DeviceChoice choice = choice();
    if (isAuto()) {
      says.accept("device      " + choice);
    }
    return choice.engine();
  }

  /**
   * What the option stands for, as {@link #engine} makes it.
   *
   * @throws ParameterException if there is no such device, or it cannot be used here
   */
  public DeviceChoice choice() {
    try {
      return DeviceChoice.asked(name);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  /** Whether the choice is left to the application. */
  public boolean isAuto() {
    return DeviceChoice.isAuto(name);
  }
}
