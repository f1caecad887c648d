package dev.tandem.examples.cli;

import dev.tandem.core.io.WholeFile;
import dev.tandem.core.op.Engine;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.OptionalInt;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * A command that trains nets of its own, once for each seed, and leaves pictures and a table.
 * Ctrl-C ends it after the step in which it comes, with the pictures of then and without a table; a
 * second one ends it at once.
 *
 * @param <D> the data
 */
public abstract class StudyCommand<D> extends AppCommand {

  private static final String TABLE = "results.md";

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Steps of each training (${DEFAULT-VALUE}).")
  private int steps;

  @Mixin private SeedOption seed;

  @Option(
      names = "--seeds",
      paramLabel = "K",
      defaultValue = "1",
      description =
          "How many trainings, with seeds from --seed on (${DEFAULT-VALUE}); the table then has"
              + " means and 95 %% intervals.")
  private int seeds;

  @Mixin private DeviceOption device;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the files go (${DEFAULT-VALUE}).")
  private Path directory;

  /**
   * A command.
   *
   * @param name of the default folder
   * @param steps by default
   */
  protected StudyCommand(String name, int steps) {
    this.steps = steps;
    this.directory = Path.of("runs", name);
  }

  /** Looks at arguments and reads the data, before anything is written. */
  protected abstract D data();

  /** A table without rows. */
  protected abstract SeedTable table();

  /** Trains, draws and measures for one seed. */
  protected abstract void study(Study study, D data);

  @Override
  protected final void run() {
    requireAtLeastOne("--steps", steps);
    requireAtLeastOne("--seeds", seeds);
    D data = data();
    Engine engine = device.engine(out()::println);
    try (RunFolder folder = RunFolder.open(directory);
        Interruption interruption =
            Interruption.listening(signal -> out().println(signal + ": ends after this step"))) {
      run(data, engine, folder.path(), interruption);
    }
  }

  private void run(D data, Engine engine, Path folder, Interruption interruption) {
    PrintWriter out = out();
    SeedTable table = table();
    for (int i = 0; i < seeds; i++) {
      long number = seed.value() + i;
      if (seeds > 1) {
        out.println("seed " + number);
      }
      Path place = seeds == 1 ? folder : folder.resolve("seed-" + number);
      Study study = new Study(steps, number, engine, out, place, table, interruption);
      study.makeFolder();
      study(study, data);
      OptionalInt code = interruption.exitCode();
      if (code.isPresent()) {
        out.println("ended early: pictures are of then, and there is no table");
        endWith(code.getAsInt());
        return;
      }
    }
    out.println();
    out.print(table.text());
    WholeFile.write(folder.resolve(TABLE), table.text());
    out.println();
    out.println("files  " + folder);
  }
}
