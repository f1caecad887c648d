package dev.tandem.gan.preset;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.gan.conditioning.Cycle;
import dev.tandem.gan.train.AdversarialTrainer;
import dev.tandem.gan.train.AdversarialTraining;
import java.nio.file.Path;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Small data sets of noise, with labels. */
final class Samples {

  private Samples() {}

  static Dataset points(int count) {
    INDArray points = Nd4j.zeros(DataType.FLOAT, count, 2);
    CounterRandom.of(1).normal(points);
    return labelled("point", points);
  }

  static Dataset images(int count) {
    return images(count, 28);
  }

  static Dataset images(int count, int side) {
    INDArray images = Nd4j.zeros(DataType.FLOAT, count, side, side, 1);
    CounterRandom.of(1).uniform(images);
    return labelled("image", images);
  }

  /** A trainer on a data set, or on what a recipe takes in its place. */
  static AdversarialTrainer start(AdversarialTraining recipe, Dataset data) {
    return recipe.pair().conditioning() instanceof Cycle
        ? recipe.start(data, others(data))
        : recipe.start(fitting(recipe, data));
  }

  static AdversarialTrainer resume(AdversarialTraining recipe, Dataset data, Path directory) {
    return recipe.pair().conditioning() instanceof Cycle
        ? recipe.resume(data, others(data), directory)
        : recipe.resume(fitting(recipe, data), directory);
  }

  /** Another number of other samples. */
  private static Dataset others(Dataset data) {
    return data.slice(data.size() / 3, data.size());
  }

  /** Sources and their samples, if the recipe translates. */
  private static Dataset fitting(AdversarialTraining recipe, Dataset data) {
    INDArray samples = data.inputs().values().iterator().next();
    return recipe.pair().conditioning().translates()
        ? Dataset.builder().input("source", samples).target("sample", samples.neg()).build()
        : data;
  }

  private static Dataset labelled(String name, INDArray samples) {
    int[] labels = new int[(int) samples.size(0)];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i % 10;
    }
    return Dataset.builder()
        .input(name, samples)
        .target("label", Nd4j.createFromArray(labels))
        .build();
  }
}
