package dev.tandem.examples.gan;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.data.RowSource;
import dev.tandem.gan.conditioning.Conditioning;
import dev.tandem.gan.conditioning.Translation;
import dev.tandem.gan.data.Edges;
import dev.tandem.gan.train.AdversarialTrainer;
import dev.tandem.gan.train.AdversarialTraining;
import dev.tandem.gan.train.Changes;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a preset translates. Images are read as batches take them.
 *
 * @param from images that it starts from
 * @param to images that it makes of them; if they belong together, row by row
 * @param paired whether they do
 * @param shown the first images of both, as they are without changes by chance
 */
public record Domains(RowSource from, RowSource to, boolean paired, Shown shown) {

  /** So many of the first images of both, (n, height, width, channels), or as many as there are. */
  interface Shown {
    ImmutableList<INDArray> first(int count);
  }

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
        to.map(other -> given(data, other, paired)).orElseGet(() -> made(data, paired)));
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
    return new Domains(
        data.dataset(),
        other.dataset(),
        paired,
        count -> ImmutableList.of(data.first(count), other.first(count)));
  }

  private static Domains made(GanData data, boolean paired) {
    UnaryOperator<INDArray> change = paired ? Domains::edges : Turned::of;
    RowSource images = data.dataset();
    RowSource made =
        data.folder().isPresent()
            ? new ComputedRows(images, change)
            : Dataset.builder().input("samples", change.apply(data.samples())).build();
    Shown shown =
        count -> {
          INDArray first = data.first(count);
          INDArray changed = change.apply(first);
          return paired ? ImmutableList.of(changed, first) : ImmutableList.of(first, changed);
        };
    return paired
        ? new Domains(made, images, true, shown)
        : new Domains(images, made, false, shown);
  }

  /** What a preset starts from, or what it makes of that, where it is given images alone. */
  static INDArray made(INDArray images, boolean paired, boolean second) {
    if (paired) {
      return second ? images : edges(images);
    }
    return second ? Turned.of(images) : images;
  }

  private static INDArray edges(INDArray images) {
    INDArray edges = Edges.of(images, THRESHOLD);
    return images.size(3) == 1 ? edges : edges.repeat(3, images.size(3));
  }

  /** How many rows a batch can be drawn of. */
  int rows() {
    return Math.min(from.size(), to.size());
  }

  private RowSource pairs() {
    return JoinedRows.of("source", from, "samples", to);
  }

  private static RowSource domain(RowSource images) {
    return JoinedRows.of("samples", images);
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
    return from.firstInput().sample()
        + " to "
        + to.firstInput().sample()
        + (paired ? ", paired" : "");
  }
}
