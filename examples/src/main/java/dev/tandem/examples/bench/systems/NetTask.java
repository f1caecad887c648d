package dev.tandem.examples.bench.systems;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.loss.Loss;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.model.Model;
import dev.tandem.core.train.Examples;
import dev.tandem.examples.bench.measure.BenchData;
import dev.tandem.examples.bench.measure.Task;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One model, its data and its loss; moved by Adam with a rate of 0.001.
 *
 * @param batches one for each step, over and over
 */
record NetTask(Model model, Loss loss, ImmutableList<Examples> batches) {

  private static final int MLP_BATCH = 128;

  /** The model and data of a task whose steps are of one model. */
  static NetTask of(Task task) {
    return switch (task) {
      case MLP ->
          new NetTask(
              BenchNets.classifier(),
              Losses.sparseCategoricalCrossentropy().fromLogits(),
              classified(BenchData.classes(MLP_BATCH), MLP_BATCH, 784));
      case LSTM ->
          new NetTask(
              ComposedNets.sequenceClassifier(),
              Losses.sparseCategoricalCrossentropy().fromLogits(),
              classified(BenchData.sequences(32, 400, 32), 32, 400, 32));
      case SIAMESE -> new NetTask(ComposedNets.siamese(), Losses.contrastive(), pairs());
      case TRANSFORMER ->
          new NetTask(
              ComposedNets.languageModel(),
              Losses.sparseCategoricalCrossentropy().fromLogits(),
              tokens());
      default -> throw new IllegalArgumentException(task.label() + " is not of one model's steps");
    };
  }

  private static ImmutableList<Examples> classified(BenchData.Classified[] data, long... shape) {
    return Arrays.stream(data)
        .map(
            batch ->
                Examples.of(
                    Nd4j.createFromArray(batch.features()).reshape('c', shape),
                    Nd4j.createFromArray(batch.labels())))
        .collect(ImmutableList.toImmutableList());
  }

  /** Both images of a pair are of different batches; every other pair counts as one of a kind. */
  private static ImmutableList<Examples> pairs() {
    ImmutableList<INDArray> images = GanTask.arrays(BenchData.images(64, 28, 1), 64, 28, 28, 1);
    INDArray alike = Nd4j.createFromArray(BenchData.alike(64)).reshape(64, 1);
    return IntStream.range(0, images.size())
        .mapToObj(
            i ->
                Examples.of(
                    Map.of("left", images.get(i), "right", images.get((i + 1) % images.size())),
                    Map.of("distance", alike)))
        .collect(ImmutableList.toImmutableList());
  }

  private static ImmutableList<Examples> tokens() {
    int[][] all = BenchData.tokens(16, 128, 256);
    int[][] read = BenchData.part(all, 128, 0);
    int[][] next = BenchData.part(all, 128, 1);
    return IntStream.range(0, all.length)
        .mapToObj(
            i ->
                Examples.of(
                    Nd4j.createFromArray(read[i]).reshape('c', 16, 128),
                    Nd4j.createFromArray(next[i]).reshape('c', 16, 128)))
        .collect(ImmutableList.toImmutableList());
  }
}
