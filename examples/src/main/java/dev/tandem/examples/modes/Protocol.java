package dev.tandem.examples.modes;

import com.google.common.collect.ImmutableList;
import dev.tandem.examples.gan.GanData;
import dev.tandem.gan.data.Mixture;
import dev.tandem.gan.metric.ModeReport;
import dev.tandem.gan.preset.Preset;
import dev.tandem.gan.train.AdversarialTraining;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What modes are counted in, and how. */
sealed interface Protocol permits PointProtocol, StackedProtocol {

  /** The names there are. */
  static ImmutableList<String> names() {
    return ImmutableList.<String>builder()
        .addAll(Mixture.names())
        .add(StackedProtocol.NAME)
        .build();
  }

  /**
   * The protocol of a name, in the form that a preset takes.
   *
   * @throws IllegalArgumentException if there is none; names those there are
   */
  static Protocol named(String name, Preset preset) {
    if (!names().contains(name)) {
      throw new IllegalArgumentException(
          "there is no protocol \"" + name + "\"; there are " + names());
    }
    return name.equals(StackedProtocol.NAME)
        ? StackedProtocol.ofMnist()
        : PointProtocol.of(Mixture.named(name), preset);
  }

  /** What it is called. */
  String name();

  /** The data to train on. */
  GanData data(long seed);

  /**
   * The recipe of a preset.
   *
   * @throws IllegalArgumentException if it does not fit the data
   */
  default AdversarialTraining recipe(Preset preset, GanData data, long seed) {
    return data.recipe(preset, seed);
  }

  /** How many samples are measured. */
  int samples();

  /**
   * Counts modes.
   *
   * @param samples as many as {@link #samples} says
   * @param seed what they were drawn by
   */
  ModeReport measure(INDArray samples, long seed);
}
