package dev.tandem.examples.gan;

import dev.tandem.core.data.DataFileException;
import dev.tandem.core.tensor.Shape;
import dev.tandem.gan.conditioning.Translation;
import dev.tandem.gan.config.Config;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a run that translates starts from, made of pictures as its training did: read in its size,
 * and where it made its sources of the data itself, as edges are, made in the same way.
 */
public final class TranslationSources {

  private TranslationSources() {}

  /**
   * Sources of pictures.
   *
   * @param run whose settings say how
   * @param data pictures, or the name of other data
   * @param sample the shape that the generator takes: (height, width, channels)
   * @param back whether they are for the way back of a cycle
   * @param most how many there are at most
   * @param out told how far reading is
   * @return (n, height, width, channels) in [−1, 1]
   * @throws IllegalArgumentException if there are no such data, or of another shape
   */
  public static INDArray of(
      Path run, String data, Shape sample, boolean back, int most, PrintWriter out) {
    Config config =
        RunRecord.in(run)
            .orElseThrow(
                () ->
                    new DataFileException(
                        run.toString(),
                        "does not say how its sources were made (config.yaml); give the folder of"
                            + " the run"));
    Config read =
        config
            .set("data.name", RunRecord.quoted(data), "--data " + data)
            .set("data.to", "none", "run")
            .set("data.mirror", "false", "run");
    if (GanData.isFolder(data)) {
      read =
          read.set("data.size", sample.size(0) + "x" + sample.size(1), "run")
              .set("data.channels", Long.toString(sample.size(2)), "run");
    }
    try (PictureReading reading = PictureReading.forOnce(Optional.empty(), false, out)) {
      GanData found = GanData.named(read.data(), PlannedRun.seed(config), reading);
      if (!found.sample().equals(sample)) {
        throw new IllegalArgumentException(
            "the generator takes images "
                + sample
                + ", and those of "
                + data
                + " are "
                + found.sample());
      }
      INDArray samples = found.samples(0, Math.min(most, found.dataset().size()));
      INDArray sources =
          config.data().to().isPresent() ? samples : made(config, found, samples, back);
      return sources.dup('c');
    }
  }

  private static INDArray made(Config config, GanData found, INDArray samples, boolean back) {
    boolean paired =
        config.recipe(found.sample(), found.labelledClasses()).pair().conditioning()
            instanceof Translation;
    return Domains.made(samples, paired, back);
  }
}
