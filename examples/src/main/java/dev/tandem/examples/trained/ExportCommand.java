package dev.tandem.examples.trained;

import dev.tandem.core.data.DataFileException;
import dev.tandem.core.io.Npz;
import dev.tandem.core.io.Safetensors;
import dev.tandem.core.io.SameDiffFile;
import dev.tandem.examples.cli.AppCommand;
import dev.tandem.examples.gan.GeneratorFile;
import dev.tandem.onnx.OnnxFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A trained generator for other programs. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = "Write the generator of a run for other programs and languages.",
    footer = {
      "",
      "onnx         a net that ONNX Runtime and others run, for batches of any size",
      "safetensors  its weights by name; npz: the same for NumPy",
      "samediff     a net that ND4J runs, for batches of --batch",
      "huggingface  a folder with config.json, model.safetensors and a model card;",
      "             with --with-onnx also model.onnx",
      "",
      "docs/export.md says how each is read."
    })
public final class ExportCommand extends AppCommand {

  private static final double KILO = 1000;

  @Parameters(paramLabel = "RUN|MODEL", description = "Folder of a run, or of a model.")
  private Path place;

  @Option(
      names = "--to",
      paramLabel = "FORMAT",
      required = true,
      description = "One of ${COMPLETION-CANDIDATES}.")
  private ExportFormat format;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "1",
      description = "Samples of a batch in a file of SameDiff (${DEFAULT-VALUE}).")
  private int batch;

  @Option(names = "--with-onnx", description = "Put model.onnx into the folder for a hub.")
  private boolean withOnnx;

  @Option(
      names = "--out",
      paramLabel = "FILE|DIR",
      description = "Where it goes (beside the folder that was given).")
  private @Nullable Path out;

  @Override
  protected void run() throws IOException {
    requireAtLeastOne("--batch", batch);
    if (isGiven("--batch") && format != ExportFormat.SAMEDIFF) {
      throw wrong("--batch is for --to samediff; all others take batches of any size");
    }
    if (withOnnx && format != ExportFormat.HUGGINGFACE) {
      throw wrong("--with-onnx is for --to huggingface; --to onnx writes the net alone");
    }
    Path target = out == null ? place.resolveSibling(place.getFileName() + format.ending()) : out;
    boolean folder = format == ExportFormat.HUGGINGFACE;
    if (folder) {
      OutFolder.make(target);
    } else if (Files.isDirectory(target)) {
      throw new DataFileException(
          target.toString(), "is a folder, and " + format + " is one file; give --out its name");
    }
    new Work().write(target);
    out().println(format + "  " + target + "  " + size(target));
  }

  private static String size(Path target) throws IOException {
    long bytes = 0;
    try (Stream<Path> files = Files.walk(target)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(file);
      }
    }
    return bytes < KILO * KILO
        ? String.format(Locale.ROOT, "%.1f kB", bytes / KILO)
        : String.format(Locale.ROOT, "%.1f MB", bytes / KILO / KILO);
  }

  /** What takes arrays: apart, so that commands are known where ND4J is not there. */
  private final class Work {

    void write(Path target) {
      GeneratorFile generator = GeneratorFile.load(place);
      RunFacts facts = RunFacts.of(place, generator);
      switch (format) {
        case ONNX ->
            argument(
                () -> {
                  OnnxFile.save(generator.model(), facts.facts(), target);
                  return target;
                });
        case SAFETENSORS -> Safetensors.save(generator.model(), facts.facts(), target);
        case NPZ -> Npz.save(generator.model(), target);
        case SAMEDIFF -> SameDiffFile.save(generator.model(), batch, target);
        case HUGGINGFACE -> HubFolder.write(generator, facts, withOnnx, target);
      }
    }
  }
}
