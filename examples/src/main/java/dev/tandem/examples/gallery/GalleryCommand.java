package dev.tandem.examples.gallery;

import dev.tandem.core.op.Engine;
import dev.tandem.examples.cli.AppCommand;
import dev.tandem.examples.cli.DeviceOption;
import dev.tandem.examples.cli.RunFolder;
import dev.tandem.examples.gan.RunLog;
import dev.tandem.gan.image.PngFile;
import java.awt.image.BufferedImage;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs an example of the gallery, or lists them. */
@Command(
    name = "gallery",
    mixinStandardHelpOptions = true,
    description = "Run one of the short examples of GANs, and look at its picture.",
    footer = {"", "Without NAME it lists the examples. Leaves NAME.png in DIR."})
public final class GalleryCommand extends AppCommand {

  @Parameters(paramLabel = "NAME", arity = "0..1", description = "Which example.")
  private @Nullable String name;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Rounds of training; else as many as the example says.")
  private @Nullable Integer steps;

  @Mixin private DeviceOption device;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "runs/gallery",
      description = "Where the picture goes (${DEFAULT-VALUE}).")
  private Path directory;

  @Override
  protected void run() {
    PrintWriter out = out();
    String wanted = name;
    if (wanted == null) {
      for (Exhibit exhibit : Gallery.all()) {
        out.printf(
            Locale.ROOT,
            "%-12s %s (%d steps)%n",
            exhibit.name(),
            exhibit.summary(),
            exhibit.steps());
      }
    } else {
      Exhibit chosen = argument(() -> Gallery.named(wanted));
      out.println("picture  " + run(chosen));
    }
  }

  private Path run(Exhibit exhibit) {
    int rounds = steps == null ? exhibit.steps() : steps;
    requireAtLeastOne("--steps", rounds);
    Engine engine = device.engine(out()::println);
    try (RunFolder folder = RunFolder.open(directory);
        RunLog log = new RunLog(exhibit.name(), rounds, 0, out())) {
      BufferedImage picture = exhibit.example().run(new Showing(rounds, engine, log));
      Path file = folder.path().resolve(exhibit.name() + ".png");
      PngFile.write(picture, file);
      return file;
    }
  }
}
