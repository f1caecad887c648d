package dev.tandem.examples.gan;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.data.DataFileException;
import dev.tandem.core.train.Predictor;
import dev.tandem.examples.cli.AppCommand;
import dev.tandem.examples.cli.SeedOption;
import dev.tandem.gan.config.Config;
import dev.tandem.gan.metric.ModeCoverage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** How good the generator of a run is. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description = "Measure the generator of a run on its data, or on other data.",
    footer = {
      "",
      "A line for each measure: value, 95 %% interval, what other real samples score in its place"
          + " (floor), numbers of samples, seed, and what it looked through. For mixtures the modes"
          + " too."
    })
public final class EvaluateCommand extends AppCommand {

  private static final int POINTS = 2_500;

  @Parameters(paramLabel = "RUN", description = "Folder of a run.")
  private Path place;

  @Option(
      names = "--metrics",
      paramLabel = "M[:N],...",
      defaultValue = "fid,swd,precision,recall,coverage",
      description =
          "Of N samples (1000): fid, kid, swd, precision, recall, density, coverage"
              + " (${DEFAULT-VALUE}).")
  private String metrics;

  @Option(
      names = "--data",
      paramLabel = "DATA",
      description = "What to measure against, as for 'tandem gan' (the run's data).")
  private @Nullable String data;

  @Option(
      names = "--extractor",
      paramLabel = "FILE",
      description = "ONNX file of the net to look through (that of the run, or what comes along).")
  private @Nullable String extractor;

  @Option(
      names = "--pipeline",
      paramLabel = "P",
      description = "What images go through before it: pytorch_fid, clean_fid or plain.")
  private @Nullable String pipeline;

  @Mixin private SeedOption seed;

  @Override
  protected void run() {
    GeneratorFile generator = GeneratorFile.load(place).requireNoise(place);
    Config config = looking(config());
    String named = config.data().name();
    PictureReading reading =
        PictureReading.forOnce(Optional.empty(), !PictureReading.translates(config), out());
    try (reading) {
      GanData found = argument(() -> GanData.named(config.data(), seed.value(), reading));
      new Work().measure(generator, named, found, Lens.of(config.metrics()));
    }
  }

  private Config looking(Config config) {
    return argument(
        () -> {
          Config looking = config;
          if (extractor != null) {
            String source = "--extractor " + extractor;
            looking = looking.set("metrics.extractor", RunRecord.quoted(extractor), source);
          }
          return pipeline == null
              ? looking
              : looking.set("metrics.pipeline", pipeline, "--pipeline " + pipeline);
        });
  }

  private ImmutableList<AskedMetric> asked(GanData found, Lens lens) {
    ImmutableList<AskedMetric> asked = AskedMetric.all(metrics);
    Judgment.require(found, asked, lens);
    return asked;
  }

  /** That of the run, of other data if that was asked for. */
  private Config config() {
    Optional<Config> ofRun = RunRecord.in(place);
    String named = data;
    if (named != null) {
      return argument(
          () ->
              ofRun
                  .orElseGet(() -> Config.preset("dcgan"))
                  .set("data.name", RunRecord.quoted(named), "--data " + named));
    }
    return ofRun.orElseThrow(
        () ->
            new DataFileException(
                place.toString(),
                "does not say what it was trained on (config.yaml); name it with --data"));
  }

  /** What takes arrays: apart, so that commands are known where ND4J is not there. */
  private final class Work {

    void measure(GeneratorFile generator, String named, GanData found, Lens lens) {
      ImmutableList<AskedMetric> asked = argument(() -> asked(found, lens));
      if (!generator.model().output().spec().shape().sample().equals(found.sample())) {
        throw wrong(
            place
                + " makes samples "
                + generator.model().output().spec().shape().sample()
                + ", and those of "
                + named
                + " are "
                + found.sample());
      }
      out().println(found.summary());
      try (Predictor predictor = Predictor.of(generator.model());
          Judgment judgment = new Judgment(found, lens, seed.value())) {
        for (AskedMetric metric : asked) {
          out()
              .println(
                  judgment.measure(metric, count -> sample(generator, predictor, found, count)));
        }
        if (found.mixture().isPresent()) {
          try (INDArray points = sample(generator, predictor, found, POINTS)) {
            out().println(ModeCoverage.of(found.mixture().get()).measure(points, seed.value()));
          }
        }
      }
    }

    /** Classes as often as in the data, as 'tandem gan' measures. */
    private INDArray sample(
        GeneratorFile generator, Predictor predictor, GanData found, int count) {
      List<Integer> classes =
          generator.isToldClasses() && found.classes() > 0
              ? IntStream.of(found.labels().toIntVector()).limit(count).boxed().toList()
              : List.of();
      try (INDArray noise = generator.noise(count, seed.value())) {
        return generator.sample(predictor, noise, generator.labels(classes, count));
      }
    }
  }
}
