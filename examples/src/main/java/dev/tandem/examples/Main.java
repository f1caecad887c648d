package dev.tandem.examples;

import dev.tandem.examples.autoencoder.AutoencoderCommand;
import dev.tandem.examples.bench.BenchCommand;
import dev.tandem.examples.board.ServeCommand;
import dev.tandem.examples.classifier.ClassifierCommand;
import dev.tandem.examples.diffusion.DiffusionCommand;
import dev.tandem.examples.doctor.DoctorCommand;
import dev.tandem.examples.finetune.FinetuneCommand;
import dev.tandem.examples.freezing.FreezingCommand;
import dev.tandem.examples.gallery.GalleryCommand;
import dev.tandem.examples.gan.EvaluateCommand;
import dev.tandem.examples.gan.GanCommand;
import dev.tandem.examples.heads.HeadsCommand;
import dev.tandem.examples.mnist.MnistCommand;
import dev.tandem.examples.modes.ModesCommand;
import dev.tandem.examples.report.ReportCommand;
import dev.tandem.examples.serve.ServeImagesCommand;
import dev.tandem.examples.siamese.SiameseCommand;
import dev.tandem.examples.text.TextCommand;
import dev.tandem.examples.trained.CompareCommand;
import dev.tandem.examples.trained.ExportCommand;
import dev.tandem.examples.trained.InterpolateCommand;
import dev.tandem.examples.trained.SampleCommand;
import dev.tandem.examples.trained.SummaryCommand;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line application. */
@Command(
    name = "tandem",
    description =
        "Several models trained over the same layers, on the JVM: examples and benchmark.",
    mixinStandardHelpOptions = true,
    version = "tandem 0.1.0-SNAPSHOT",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    footer = {
      "",
      "Start with 'tandem freezing' (a few seconds) or 'tandem mnist' (five minutes).",
      "'tandem COMMAND --help' tells more about a command."
    },
    subcommands = {
      MnistCommand.class,
      FreezingCommand.class,
      HeadsCommand.class,
      SiameseCommand.class,
      FinetuneCommand.class,
      TextCommand.class,
      AutoencoderCommand.class,
      DiffusionCommand.class,
      GanCommand.class,
      SampleCommand.class,
      InterpolateCommand.class,
      EvaluateCommand.class,
      CompareCommand.class,
      SummaryCommand.class,
      ReportCommand.class,
      ExportCommand.class,
      ServeCommand.class,
      ServeImagesCommand.class,
      GalleryCommand.class,
      ModesCommand.class,
      ClassifierCommand.class,
      BenchCommand.class,
      DoctorCommand.class
    })
public final class Main implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--trace",
      scope = ScopeType.INHERIT,
      description = "Print the stack trace of an error.")
  private boolean trace;

  private Main() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String... args) {
    PrintWriter out = new PrintWriter(System.out, true);
    PrintWriter err = new PrintWriter(System.err, true);
    System.exit(run(out, err, args));
  }

  /**
   * Runs a command.
   *
   * @param out takes what was asked for
   * @param err takes errors
   * @return the exit code: 0, 1 if the command failed, 2 if it was called wrongly
   */
  public static int run(PrintWriter out, PrintWriter err, String... args) {
    Main main = new Main();
    ErrorReport report = new ErrorReport(() -> main.trace);
    CommandLine line = new CommandLine(main);
    for (CommandLine command : line.getSubcommands().values()) {
      command
          .getCommandSpec()
          .usageMessage()
          .parameterListHeading("%nArguments:%n")
          .optionListHeading("%nOptions:%n");
    }
    line.setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(report)
        .setExecutionExceptionHandler(report);
    try {
      return line.execute(args);
    } catch (OutOfMemoryError e) {
      err.println(ErrorReport.outOfMemory(e));
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  /** Without a command: says which there are. */
  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getOut());
    return CommandLine.ExitCode.OK;
  }
}
