package dev.tandem.examples.gan;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.data.LabeledImages;
import dev.tandem.core.data.Mnist;
import dev.tandem.core.data.PixelRange;
import dev.tandem.core.data.RowSource;
import dev.tandem.core.tensor.Shape;
import dev.tandem.gan.conditioning.Conditioning;
import dev.tandem.gan.config.DataSettings;
import dev.tandem.gan.data.FashionMnist;
import dev.tandem.gan.data.ImageSet;
import dev.tandem.gan.data.LabeledSource;
import dev.tandem.gan.data.Mixture;
import dev.tandem.gan.data.StackedMnist;
import dev.tandem.gan.preset.Preset;
import dev.tandem.gan.train.AdversarialTrainer;
import dev.tandem.gan.train.AdversarialTraining;
import dev.tandem.gan.train.Changes;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Data to train a preset on.
 *
 * @param name as it was asked for
 * @param dataset one input of samples: images (n, height, width, channels) in [−1, 1], or points
 *     (n, 2); and one int32 target of labels (n) if there are classes
 * @param classes how many there are, 0 if there are none
 * @param mixture what points were drawn from
 * @param domains what is made of what, for presets that translate
 * @param folder where pictures came from
 */
public record GanData(
    String name,
    RowSource dataset,
    int classes,
    Optional<Mixture> mixture,
    Optional<Domains> domains,
    Optional<ImageSet> folder) {

  private static final String MNIST = "mnist";
  private static final String FASHION = "fashion-mnist";
  private static final String STACKED = "stacked-mnist";
  private static final String SAMPLES = "samples";
  private static final String LABELS = "labels";

  /** As many points as in PacGAN's programs (arXiv:1712.04086). */
  private static final int POINTS = 100_000;

  /** As many stacks as MNIST has digits. */
  private static final int STACKS = 60_000;

  /** The names there are, besides folders. */
  public static ImmutableList<String> names() {
    return ImmutableList.<String>builder()
        .add(MNIST, FASHION, STACKED)
        .addAll(Mixture.names())
        .build();
  }

  /**
   * The data that settings name: of a name, or the pictures of a folder or file.
   *
   * @param seed what points and stacks are drawn by
   * @param reading where pictures become images, and how it is told
   * @throws IllegalArgumentException if there is neither
   * @throws dev.tandem.core.data.DataFileException if there is a folder or file, and it holds no
   *     pictures
   */
  public static GanData named(DataSettings settings, long seed, PictureReading reading) {
    String name = settings.name();
    if (!exists(name) || isBuiltIn(name)) {
      reading.requireNone(settings);
    }
    if (name.equals(MNIST)) {
      return labeled(name, digits());
    }
    if (name.equals(FASHION)) {
      return labeled(name, FashionMnist.load(PixelRange.MINUS_ONE_TO_ONE).train());
    }
    if (name.equals(STACKED)) {
      return of(StackedMnist.of(digits()), STACKS, seed);
    }
    if (Mixture.names().contains(name)) {
      return of(Mixture.named(name).inUnitsOfItsDeviation(), seed);
    }
    if (!exists(name)) {
      throw new IllegalArgumentException(
          "there is no data or folder \"" + name + "\"; there are " + names());
    }
    ImageSet pictures = reading.read(settings);
    RowSource rows = settings.augmentation().on(pictures, SAMPLES);
    return new GanData(
        name,
        rows,
        pictures.classes().size(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(pictures));
  }

  private static boolean isBuiltIn(String name) {
    return names().contains(name);
  }

  /** Whether a name is one of a folder or file of pictures, not of data that are built in. */
  static boolean isFolder(String name) {
    return exists(name) && !isBuiltIn(name);
  }

  private static boolean exists(String name) {
    try {
      return Files.exists(Path.of(name));
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "there is no data \"%s\", and no folder can be called so where names are in %s; set"
                  + " LC_ALL to a locale of UTF-8, as C.UTF-8, or rename the folder",
              name,
              System.getProperty("sun.jnu.encoding")),
          e);
    }
  }

  private static GanData labeled(String name, LabeledImages images) {
    return data(name, dataset(images.images(), images.labels()), 10, Optional.empty());
  }

  /** 100,000 points of a mixture, drawn once. */
  public static GanData of(Mixture mixture, long seed) {
    return drawn(mixture, POINTS, seed, Optional.of(mixture));
  }

  /** So many stacks of digits, drawn once. */
  public static GanData of(StackedMnist stacks, int count, long seed) {
    return drawn(stacks, count, seed, Optional.empty());
  }

  private static GanData drawn(
      LabeledSource source, int count, long seed, Optional<Mixture> mixture) {
    Dataset dataset = dataset(source.batch(seed, 0, count), source.labels(seed, 0, count));
    return data(source.name(), dataset, source.classes(), mixture);
  }

  private static GanData data(
      String name, Dataset dataset, int classes, Optional<Mixture> mixture) {
    return new GanData(name, dataset, classes, mixture, Optional.empty(), Optional.empty());
  }

  /** The same for a preset that translates. */
  GanData translating(Domains what) {
    return new GanData(name, dataset, classes, mixture, Optional.of(what), folder);
  }

  /** A trainer of a recipe at its start. */
  AdversarialTrainer start(AdversarialTraining recipe) {
    return domains.map(what -> what.start(recipe)).orElseGet(() -> recipe.start(dataset));
  }

  /** A trainer of a recipe that goes on, in which what may change may be other. */
  AdversarialTrainer resume(AdversarialTraining recipe, Path checkpoint) {
    return domains
        .map(what -> what.resume(recipe, checkpoint))
        .orElseGet(() -> recipe.resume(dataset, checkpoint, Changes.sound()));
  }

  private static Dataset dataset(INDArray samples, INDArray labels) {
    return Dataset.builder().input(SAMPLES, samples).target(LABELS, labels).build();
  }

  /** The images of MNIST to train with, in [−1, 1]. */
  public static LabeledImages digits() {
    return Mnist.fromClassPath(PixelRange.MINUS_ONE_TO_ONE).train();
  }

  /** All samples, in memory: (n, …). */
  public INDArray samples() {
    return folder.isPresent() ? samples(0, dataset.size()) : inMemory().input(SAMPLES);
  }

  /** So many of the first samples, or as many as there are, in memory: (n, …). */
  INDArray first(int count) {
    return samples(0, Math.min(count, dataset.size()));
  }

  /** Some samples, in memory: (to − from, …). */
  public INDArray samples(int from, int to) {
    return folder
        .map(pictures -> pictures.images(from, to, PixelRange.MINUS_ONE_TO_ONE))
        .orElseGet(() -> inMemory().input(SAMPLES).get(NDArrayIndex.interval(from, to)));
  }

  /** Their labels, int32 (n), where there are classes. */
  public INDArray labels() {
    return folder
        .map(pictures -> Nd4j.createFromArray(pictures.labels()))
        .orElseGet(() -> inMemory().target(LABELS));
  }

  private Dataset inMemory() {
    return (Dataset) dataset;
  }

  /** How many classes its labels have, if there are several. */
  OptionalInt labelledClasses() {
    return classes < 2 ? OptionalInt.empty() : OptionalInt.of(classes);
  }

  /** The shape of one sample. */
  public Shape sample() {
    return dataset.columns().get(0).sample();
  }

  /**
   * The recipe of a preset for this data, over new nets.
   *
   * @throws IllegalArgumentException if the preset has no nets for it, or needs other classes
   */
  public AdversarialTraining recipe(Preset preset, long seed) {
    OptionalInt labelled = labelledClasses();
    AdversarialTraining usual = preset.forSamples(sample());
    AdversarialTraining recipe =
        (labelled.isPresent() && usual.pair().conditioning().needsLabels()
                ? preset.classes(labelled.getAsInt()).forSamples(sample())
                : usual)
            .seed(seed);
    requireFits(recipe, preset.name());
    return recipe;
  }

  /**
   * Refuses recipes that this is no data for.
   *
   * @param preset what messages call the recipe
   * @throws IllegalArgumentException if it translates, and there is nothing to translate to, or
   *     needs other classes
   */
  void requireFits(AdversarialTraining recipe, String preset) {
    Conditioning conditioning = recipe.pair().conditioning();
    if (conditioning.translates() && domains.isEmpty()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "preset %s translates samples, and %s has nothing to translate them to; take a preset"
                  + " that starts from noise",
              preset,
              name));
    }
    if (conditioning.needsLabels() && classes < 2) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "preset %s is told the class of each sample, and %s; %s, or take a preset without"
                  + " classes, as dcgan or r3gan",
              preset,
              classes == 0
                  ? name + " has no classes"
                  : "all pictures of " + name + " lie in one folder of it",
              folder.isEmpty()
                  ? "take data with classes, as mnist or a folder of folders of pictures"
                  : "put the pictures of each class into a folder of its own in "
                      + name
                      + ", and none beside these"));
    }
    if (conditioning.needsLabels() && classes > conditioning.classes()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "preset %s learns up to %d classes, and %s has %d; give --classes %d",
              preset,
              conditioning.classes(),
              name,
              classes,
              classes));
    }
  }

  /**
   * The largest batch that there are samples for, where a recipe asks for more: of a folder with
   * few pictures.
   *
   * @throws IllegalArgumentException if there is but one picture
   */
  OptionalInt smallerBatch(AdversarialTraining recipe) {
    int packing = recipe.pair().packing();
    if (folder.isPresent() && rows() / packing < 2) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s holds %s, and a GAN learns from many, some hundred at least; add others",
              name,
              rows() == 1 ? "one picture" : rows() + " pictures"));
    }
    return folder.isPresent() && rows() < recipe.batch() * (long) packing
        ? OptionalInt.of(rows() / packing)
        : OptionalInt.empty();
  }

  /**
   * Refuses batches that there are too few samples for.
   *
   * @throws IllegalArgumentException if there is not one whole batch; says which would be
   */
  void requireABatch(AdversarialTraining recipe) {
    int packing = recipe.pair().packing();
    int rows = rows();
    if (rows < recipe.batch() * (long) packing) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a batch takes %d samples%s, and %s has %d; give --batch %d or less, or more samples",
              recipe.batch() * (long) packing,
              packing == 1 ? "" : " (" + recipe.batch() + " packs of " + packing + ")",
              name,
              rows,
              Math.max(1, rows / packing)));
    }
  }

  /** Whether a batch takes all samples, as with few pictures. */
  boolean fitsOneBatch(AdversarialTraining recipe) {
    return rows() / recipe.pair().packing() == recipe.batch();
  }

  private int rows() {
    return domains.map(Domains::rows).orElseGet(() -> dataset.size());
  }

  /**
   * What there is, as in {@code pics: 331 pictures of 64×64 pixels in 3 channels, 2 classes: cats
   * 170, dogs 161}, and in further lines what was left out and why.
   */
  String summary() {
    if (folder.isEmpty()) {
      return String.format(
          Locale.ROOT,
          "%s: %,d samples %s%s",
          name,
          dataset.size(),
          sample(),
          classes == 0 ? "" : " of " + classes + " classes");
    }
    return name
        + ": "
        + Stream.concat(Stream.of(folder.get().toString()), folder.get().notes().stream())
            .collect(Collectors.joining(System.lineSeparator() + "            "));
  }
}
