package dev.tandem.examples.trained;

import dev.tandem.examples.cli.AppCommand;
import dev.tandem.examples.gan.GeneratorFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalDouble;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** A look at a run or a generator. */
@Command(
    name = "summary",
    mixinStandardHelpOptions = true,
    description = "Say what a run was asked for and how far it is, and what its generator is like.")
public final class SummaryCommand extends AppCommand {

  @Parameters(paramLabel = "RUN|MODEL", description = "Folder of a run, or of a model.")
  private Path place;

  @Override
  protected void run() throws IOException {
    Path asked = place.resolve("config.yaml");
    if (Files.isRegularFile(asked)) {
      out().println(Files.readString(asked).strip());
    }
    RunNumbers.ifThere(place).ifPresent(this::numbers);
    boolean unfinished =
        Files.isDirectory(place.resolve("checkpoints"))
            && !Files.isDirectory(place.resolve("generator"));
    if (unfinished) {
      out().println("no generator yet: it comes with the next checkpoint");
      return;
    }
    GeneratorFile generator = GeneratorFile.load(place);
    out().println(generator.model().summary());
    generator
        .latent()
        .filter(latent -> !generator.translates())
        .ifPresent(latent -> out().println("noise   " + latent));
    if (generator.classes() > 0) {
      out()
          .println(
              "classes "
                  + generator.classes()
                  + (generator.names().isEmpty()
                      ? ""
                      : ": " + String.join(", ", generator.names())));
    }
    generator.round().ifPresent(round -> out().println("round   " + round));
  }

  private void numbers(RunNumbers run) {
    for (String name : run.names()) {
      OptionalDouble last = run.last(name);
      if (last.isPresent()) {
        boolean whole = name.equals("round") || name.equals("images");
        out()
            .println(
                String.format(
                    Locale.ROOT, whole ? "%-24s %.0f" : "%-24s %.5g", name, last.getAsDouble()));
      }
    }
  }
}
