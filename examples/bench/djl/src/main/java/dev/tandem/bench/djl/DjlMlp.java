package dev.tandem.bench.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import dev.tandem.examples.bench.measure.BenchData;
import dev.tandem.examples.bench.measure.Workload;
import java.util.Arrays;
import java.util.List;

/** A classifier. */
final class DjlMlp implements Workload {

  private static final int BATCH = 128;
  private static final int FEATURES = 784;

  private final NDManager manager = NDManager.newBaseManager();
  private final Loss loss = Loss.softmaxCrossEntropyLoss();
  private final Trainer trainer;
  private final List<NDArray> features;
  private final List<NDArray> labels;

  DjlMlp() {
    Shape shape = new Shape(BATCH, FEATURES);
    trainer = Training.of("mlp", DjlNets.classifier(), loss, shape, 1e-3, 0.9, 0.999);
    BenchData.Classified[] data = BenchData.classes(BATCH);
    features =
        Training.arrays(
            manager,
            Arrays.stream(data).map(BenchData.Classified::features).toArray(float[][]::new),
            shape);
    labels = Arrays.stream(data).map(batch -> column(batch.labels())).toList();
  }

  private NDArray column(int[] classes) {
    return manager.create(classes, new Shape(BATCH, 1)).toType(DataType.INT64, false);
  }

  @Override
  public double[] step(int number) {
    int batch = number % features.size();
    try (NDManager step = manager.newSubManager()) {
      NDArray x = features.get(batch);
      NDArray y = labels.get(batch);
      // Results belong to their inputs' manager: lent to the step's, they end with it.
      x.tempAttach(step);
      y.tempAttach(step);
      NDArray value;
      try (GradientCollector gradients = trainer.newGradientCollector()) {
        value = loss.evaluate(new NDList(y), trainer.forward(new NDList(x)));
        gradients.backward(value);
      }
      trainer.step();
      return new double[] {value.getFloat()};
    }
  }

  @Override
  public void close() {
    // The process ends with the measurement.
  }
}
