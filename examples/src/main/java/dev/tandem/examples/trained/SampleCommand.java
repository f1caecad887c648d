package dev.tandem.examples.trained;

import dev.tandem.core.tensor.Shape;
import dev.tandem.core.train.Predictor;
import dev.tandem.examples.cli.AppCommand;
import dev.tandem.examples.cli.SeedOption;
import dev.tandem.examples.gan.GeneratorFile;
import dev.tandem.examples.gan.TranslationSources;
import dev.tandem.gan.image.ImageGrid;
import dev.tandem.gan.image.PngFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
          + " the same samples.",
      "",
      "A run of pix2pix or cyclegan translates the pictures of --data, read as its own were; in a"
          + " grid each stands behind its source."
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
      description = "Classes in turn, by number or name, as in 3 or cats,dogs (all of them).")
  private List<String> classes = new ArrayList<>();

  @Option(
      names = "--data",
      paramLabel = "PICTURES",
      description = "What a run that translates starts from: a folder or file of pictures.")
  private @Nullable String data;

  @Option(
      names = "--back",
      description = "Translate from the second domain to the first, with cyclegan.")
  private boolean back;

  @Option(names = "--grid", description = "One picture of all samples, eight in a row.")
  private boolean grid;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the files go (a folder beside RUN, its name and -samples).")
  private @Nullable Path out;

  @Override
  protected void run() throws IOException {
    requireAtLeastOne("--count", count);
    new Work().run();
  }

  /** What takes arrays: apart, so that commands are known where ND4J is not there. */
  private final class Work {

    void run() throws IOException {
      GeneratorFile generator = back ? GeneratorFile.loadBack(place) : GeneratorFile.load(place);
      String sources = data;
      if (sources != null && generator.translates()) {
        translate(generator, sources);
        return;
      }
      generator.requireNoise(place);
      if (sources != null) {
        throw wrong("--data is for runs that translate, and " + place + " starts from noise");
      }
      int[] labels = argument(() -> generator.labels(generator.classNumbers(classes), count));
      Path folder = OutFolder.made(Optional.ofNullable(out), place);
      try (Predictor predictor = Predictor.of(generator.model());
          INDArray noise = generator.noise(count, seed.value())) {
        INDArray samples = sample(generator, predictor, noise, labels);
        out().println(write(generator, samples, folder));
      }
    }

    private void translate(GeneratorFile generator, String from) throws IOException {
      Shape taken = generator.model().inputs().values().asList().get(0).spec().shape().sample();
      INDArray sources =
          argument(() -> TranslationSources.of(place, from, taken, back, count, out()));
      Path folder = OutFolder.made(Optional.ofNullable(out), place);
      try (Predictor predictor = Predictor.of(generator.model())) {
        INDArray made = sample(generator, predictor, sources);
        out().println(write(generator, grid ? inTurn(sources, made) : made, folder));
      }
    }

    private INDArray inTurn(INDArray sources, INDArray made) {
      List<INDArray> all = new ArrayList<>();
      for (int i = 0; i < sources.size(0); i++) {
        all.add(sources.get(NDArrayIndex.interval(i, i + 1)));
        all.add(made.get(NDArrayIndex.interval(i, i + 1)));
      }
      return Nd4j.concat(0, all.toArray(INDArray[]::new));
    }

    /** All of them, some at a time, so that memory does not grow with their number. */
    private INDArray sample(
        GeneratorFile generator, Predictor predictor, INDArray given, int... labels) {
      int rows = Math.toIntExact(given.size(0));
      List<INDArray> parts = new ArrayList<>();
      for (int from = 0; from < rows; from += BATCH) {
        int to = Math.min(rows, from + BATCH);
        INDArray some = given.get(NDArrayIndex.interval(from, to)).dup('c');
        int[] theirs = labels.length == 0 ? labels : Arrays.copyOfRange(labels, from, to);
        parts.add(generator.sample(predictor, some, theirs));
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
        Path file =
            folder.resolve(
                generator.translates()
                    ? "translations.png"
                    : "samples-seed" + seed.value() + ".png");
        int columns = Math.toIntExact(Math.min(COLUMNS, samples.size(0)));
        PngFile.write(ImageGrid.ofColumns(columns).draw(samples), file);
        return "samples     " + file;
      }
      for (int i = 0; i < samples.size(0); i++) {
        INDArray one = samples.get(NDArrayIndex.interval(i, i + 1)).dup('c');
        PngFile.write(Tile.of(one), folder.resolve(String.format(Locale.ROOT, "%06d.png", i + 1)));
      }
      return samples.size(0) + " samples  " + folder;
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
