package dev.tandem.examples.trained;

import dev.tandem.core.train.Predictor;
import dev.tandem.examples.cli.AppCommand;
import dev.tandem.examples.cli.SeedOption;
import dev.tandem.examples.gan.GeneratorFile;
import dev.tandem.gan.image.AnimatedGif;
import dev.tandem.gan.image.ImageGrid;
import dev.tandem.gan.image.PngFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Ways between samples of a trained generator. */
@Command(
    name = "interpolate",
    mixinStandardHelpOptions = true,
    description =
        "Show what lies between samples of a generator, along a sphere; for uniform noise,"
            + " straight.",
    footer = {
      "",
      "Leaves interpolation.png, a row for each way from one sample to another, and"
          + " interpolation.gif, in which as many samples wander to others and back."
    })
public final class InterpolateCommand extends AppCommand {

  private static final int FRAME_MILLIS = 80;

  @Parameters(paramLabel = "RUN|MODEL", description = "Folder of a run, or of a model.")
  private Path place;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "8",
      description = "How many ways, a row each (${DEFAULT-VALUE}).")
  private int count;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "10",
      description = "Samples on a way, both ends included (${DEFAULT-VALUE}).")
  private int steps;

  @Mixin private SeedOption seed;

  @Option(
      names = "--class",
      paramLabel = "K",
      split = ",",
      description =
          "Classes of the rows in turn, by number or name, as in 3 or cats,dogs (all of them).")
  private List<String> classes = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the files go (a folder beside RUN, its name and -samples).")
  private @Nullable Path out;

  @Override
  protected void run() {
    requireAtLeastOne("--count", count);
    if (steps < 2) {
      throw wrong("--steps is not at least 2, for both ends: " + steps);
    }
    GeneratorFile generator = GeneratorFile.load(place).requireNoise(place);
    if (!generator.makesImages()) {
      throw wrong(place + " makes points, and ways between them are no pictures; use sample");
    }
    int[] labels = argument(() -> generator.labels(generator.classNumbers(classes), count));
    Path folder = OutFolder.made(Optional.ofNullable(out), place);
    new Work().run(generator, labels, folder);
  }

  /** What takes arrays: apart, so that commands are known where ND4J is not there. */
  private final class Work {

    void run(GeneratorFile generator, int[] labels, Path folder) {
      List<INDArray> columns = new ArrayList<>();
      try (Predictor predictor = Predictor.of(generator.model());
          INDArray ends = generator.noise(2 * count, seed.value())) {
        INDArray from = ends.get(NDArrayIndex.interval(0, count)).dup('c');
        INDArray to = ends.get(NDArrayIndex.interval(count, 2 * count)).dup('c');
        for (int step = 0; step < steps; step++) {
          double part = step / (double) (steps - 1);
          INDArray noise =
              generator.fillsACube()
                  ? Slerp.straight(from, to, part)
                  : Slerp.between(from, to, part);
          columns.add(generator.sample(predictor, noise, labels));
        }
      }
      Path picture = folder.resolve("interpolation.png");
      PngFile.write(ImageGrid.ofColumns(steps).draw(rows(columns)), picture);
      Path animation = folder.resolve("interpolation.gif");
      animate(columns, animation);
      out().println("picture     " + picture);
      out().println("animation   " + animation);
    }

    /** Row by row what is there column by column. */
    private INDArray rows(List<INDArray> columns) {
      List<INDArray> all = new ArrayList<>();
      for (int row = 0; row < count; row++) {
        for (INDArray column : columns) {
          all.add(column.get(NDArrayIndex.interval(row, row + 1)));
        }
      }
      return Nd4j.concat(0, all.toArray(INDArray[]::new));
    }

    private void animate(List<INDArray> frames, Path file) {
      int columns = (int) Math.ceil(Math.sqrt(count));
      try (AnimatedGif gif = AnimatedGif.create(file, Duration.ofMillis(FRAME_MILLIS))) {
        for (int i = 0; i < 2 * steps - 2; i++) {
          int at = i < steps ? i : 2 * steps - 2 - i;
          gif.append(ImageGrid.ofColumns(columns).withZoom(2).draw(frames.get(at)));
        }
      }
    }
  }
}
