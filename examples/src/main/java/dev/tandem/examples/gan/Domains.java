package dev.tandem.examples.gan;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.tensor.Shape;
import dev.tandem.gan.conditioning.Conditioning;
import dev.tandem.gan.conditioning.Translation;
import dev.tandem.gan.data.Edges;
import dev.tandem.gan.train.AdversarialTrainer;
import dev.tandem.gan.train.AdversarialTraining;
import dev.tandem.gan.train.Changes;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a preset translates.
 *
 * @param from images that it starts from: (n, height, width, channels)
 * @param to images that it makes of them; if they belong together, row by row
 * @param paired whether they do
 */
public record Domains(INDArray from, INDArray to, boolean paired) {

  private static final double THRESHOLD = 0.5;

  /**
   * The data with its domains, if the preset translates.
   *
   * @param conditioning of the preset
   * @param preset what messages call it
   * @param to the second domain, or the samples that belong to the data; if there is none: for
   *     pairs the data become the samples, and their edges the sources; for a cycle the second
   *     domain are the data inverted and turned
   * @throws IllegalArgumentException if the preset cannot translate them, or does not translate and
   *     is given a second domain
   */
  static GanData fitting(
      GanData data, Conditioning conditioning, String preset, Optional<GanData> to) {
    if (!conditioning.translates()) {
      if (to.isPresent()) {
        throw new IllegalArgumentException(
            "--to is what a preset translates to, and preset "
                + preset
                + " starts from noise; take pix2pix or cyclegan, or leave it out");
      }
      return data;
    }
    if (data.sample().rank() != 3) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "preset %s translates images here, and the samples of %s are %s; take mnist,"
                  + " stacked-mnist or a folder of pictures",
              preset,
              data.name(),
              data.sample()));
    }
    to.ifPresent(other -> requireLike(data, other));
    boolean paired = conditioning instanceof Translation;
    return data.translating(
        to.map(other -> given(data, other, paired)).orElseGet(() -> made(data.samples(), paired)));
  }

  private static void requireLike(GanData data, GanData other) {
    if (!other.sample().equals(data.sample())) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "presets translate images to images of the same shape, and those of %s are %s, those"
                  + " of %s %s",
              data.name(),
              data.sample(),
              other.name(),
              other.sample()));
    }
  }

  private static Domains given(GanData data, GanData other, boolean paired) {
    if (paired && data.dataset().size() != other.dataset().size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "each image of %s belongs to one of %s, in the order of their names, and there are"
                  + " %d and %d",
              data.name(),
              other.name(),
              data.dataset().size(),
              other.dataset().size()));
    }
    if (paired) {
      data.folder()
          .ifPresent(first -> other.folder().ifPresent(second -> first.requirePairsWith(second)));
    }
    return new Domains(data.samples(), other.samples(), paired);
  }

  /** What a preset translates of images alone: for pairs their edges to them. */
  static Domains made(INDArray images, boolean paired) {
    if (!paired) {
      return new Domains(images, Turned.of(images), false);
    }
    INDArray edges = Edges.of(images, THRESHOLD);
    long channels = images.size(3);
    return new Domains(channels == 1 ? edges : edges.repeat(3, channels), images, true);
  }

  private Dataset pairs() {
    return Dataset.builder().input("source", from).target("samples", to).build();
  }

  private static Dataset domain(INDArray images) {
    return Dataset.builder().input("samples", images).build();
  }

  AdversarialTrainer start(AdversarialTraining recipe) {
    return paired ? recipe.start(pairs()) : recipe.start(domain(from), domain(to));
  }

  AdversarialTrainer resume(AdversarialTraining recipe, Path checkpoint) {
    return paired
        ? recipe.resume(pairs(), checkpoint, Changes.sound())
        : recipe.resume(domain(from), domain(to), checkpoint, Changes.sound());
  }

  /** As in {@code (28, 28, 1) to (28, 28, 1), paired}. */
  @Override
  public String toString() {
    return Shape.of(from.shape()).sample()
        + " to "
        + Shape.of(to.shape()).sample()
        + (paired ? ", paired" : "");
  }
}
