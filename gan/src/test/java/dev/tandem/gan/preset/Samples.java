package dev.tandem.gan.preset;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.op.CounterRandom;
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
    INDArray images = Nd4j.zeros(DataType.FLOAT, count, 28, 28, 1);
    CounterRandom.of(1).uniform(images);
    return labelled("image", images);
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
