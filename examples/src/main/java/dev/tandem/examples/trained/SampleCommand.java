package dev.tandem.examples.trained;

import dev.tandem.core.data.DataFileException;
import dev.tandem.core.train.Predictor;
import dev.tandem.examples.cli.AppCommand;
import dev.tandem.examples.cli.SeedOption;
import dev.tandem.examples.gan.GeneratorFile;
import dev.tandem.gan.image.ImageGrid;
import dev.tandem.gan.image.PngFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Samples from a trained generator. */
@Command(
    name = "sample",
    mixinStandardHelpOptions = true,
    description = "Make pictures with the generator of a run, or with a generator in a model file.",
    footer = {
      "",
      "Leaves 000001.png and so on, each as large as the generator makes it; with --grid one"
          + " picture of them all; of points one file of numbers, samples.csv. The same seed gives"
          + " the same samples."
    })
public final class SampleCommand extends AppCommand {

  private static final int BATCH = 64;
  private static final int COLUMNS = 8;

  @Parameters(paramLabel = "RUN|MODEL", description = "Folder of a run, or of a model.")
  private Path place;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "64",
      description = "How many samples (${DEFAULT-VALUE}).")
  private int count;

  @Mixin private SeedOption seed;

  @Option(
      names = "--class",
      paramLabel = "K",
      split = ",",
      description = "Classes in turn, as in 3 or 0,1,2 (all of them).")
  private List<Integer> classes = new ArrayList<>();

  @Option(names = "--grid", description = "One picture of all samples, eight in a row.")
  private boolean grid;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the files go (samples in the folder that was given).")
  private @Nullable Path out;

  @Override
  protected void run() throws IOException {
    requireAtLeastOne("--count", count);
    new Work().run();
  }

  static void makeFolder(Path folder) {
    String name = folder.toString().toLowerCase(Locale.ROOT);
    if (!Files.isDirectory(folder) && name.matches(".*\\.(png|gif|jpe?g|csv|zip)")) {
      throw new DataFileException(
          folder.toString(),
          "is called as a file, and --out is the folder that files go into; leave the ending away");
    }
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new DataFileException(
          folder.toString(), "cannot be made (" + e + "); give --out a folder that can", e);
    }
  }

  /** What takes arrays: apart, so that commands are known where ND4J is not there. */
  private final class Work {

    void run() throws IOException {
      GeneratorFile generator = GeneratorFile.load(place).requireNoise(place);
      int[] labels = argument(() -> generator.labels(classes, count));
      Path folder = out == null ? place.resolveSibling(place.getFileName() + "-samples") : out;
      makeFolder(folder);
      try (Predictor predictor = Predictor.of(generator.model());
          INDArray noise = generator.noise(count, seed.value())) {
        INDArray samples = sample(generator, predictor, noise, labels);
        out().println(write(generator, samples, folder));
      }
    }

    /** All of them, some at a time, so that memory does not grow with their number. */
    private INDArray sample(
        GeneratorFile generator, Predictor predictor, INDArray noise, int[] labels) {
      List<INDArray> parts = new ArrayList<>();
      for (int from = 0; from < count; from += BATCH) {
        int to = Math.min(count, from + BATCH);
        INDArray some = noise.get(NDArrayIndex.interval(from, to)).dup('c');
        parts.add(generator.sample(predictor, some, Arrays.copyOfRange(labels, from, to)));
      }
      return Nd4j.concat(0, parts.toArray(INDArray[]::new));
    }

    private String write(GeneratorFile generator, INDArray samples, Path folder)
        throws IOException {
      if (!generator.makesImages()) {
        Path file = folder.resolve("samples.csv");
        Files.write(file, rows(samples));
        return "samples     " + file;
      }
      if (grid) {
        Path file = folder.resolve("samples-seed" + seed.value() + ".png");
        PngFile.write(ImageGrid.ofColumns(Math.min(COLUMNS, count)).draw(samples), file);
        return "samples     " + file;
      }
      for (int i = 0; i < count; i++) {
        INDArray one = samples.get(NDArrayIndex.interval(i, i + 1)).dup('c');
        PngFile.write(Tile.of(one), folder.resolve(String.format(Locale.ROOT, "%06d.png", i + 1)));
      }
      return count + " samples  " + folder;
    }

    private List<String> rows(INDArray samples) {
      List<String> rows = new ArrayList<>();
      for (int i = 0; i < samples.size(0); i++) {
        INDArray one = samples.get(NDArrayIndex.interval(i, i + 1)).dup('c');
        rows.add(
            DoubleStream.of(one.data().asDouble())
                .mapToObj(Double::toString)
                .collect(Collectors.joining(",")));
      }
      return rows;
    }
  }
}
