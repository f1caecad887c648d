package dev.tandem.examples.gan;

import dev.tandem.gan.train.AdversarialTrainer;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Samples of a trainer, of the classes that its data has, if it is told classes. */
public final class Samples {

  private Samples() {}

  /**
   * Classes in turn, to look at.
   *
   * @return a new array (count, …)
   */
  static INDArray inTurn(AdversarialTrainer trainer, GanData data, int count, long seed) {
    return sample(trainer, IntStream.range(0, count).map(i -> i % classes(trainer, data)), seed);
  }

  /**
   * Classes as often as among the first samples of the data, to measure.
   *
   * @return a new array (count, …)
   */
  public static INDArray asInData(AdversarialTrainer trainer, GanData data, int count, long seed) {
    if (!needsLabels(trainer)) {
      return trainer.sample(count, seed);
    }
    int[] labels = data.labels().toIntVector();
    return sample(trainer, IntStream.range(0, count).map(i -> labels[i % labels.length]), seed);
  }

  /** How many kinds of samples the generator can be asked for, at least 1. */
  static int classes(AdversarialTrainer trainer, GanData data) {
    int told = trainer.recipe().pair().conditioning().classes();
    return Math.max(1, needsLabels(trainer) ? data.classes() : told);
  }

  private static boolean needsLabels(AdversarialTrainer trainer) {
    return trainer.recipe().pair().conditioning().needsLabels();
  }

  private static INDArray sample(AdversarialTrainer trainer, IntStream classes, long seed) {
    int[] labels = classes.toArray();
    if (trainer.recipe().pair().conditioning().classes() == 0) {
      return trainer.sample(labels.length, seed);
    }
    try (INDArray told = Nd4j.createFromArray(labels)) {
      return trainer.sample(told, seed);
    }
  }
}
