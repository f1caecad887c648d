package dev.tandem.examples.bench.systems;

import dev.tandem.examples.bench.measure.BenchData;
import dev.tandem.examples.bench.measure.Workload;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The classifier in plain SameDiff. */
final class SameDiffMlp implements Workload {

  private static final int BATCH = 128;
  private static final int[] SIZES = {784, 512, 512, 10};

  private final SameDiff sd = SameDiff.create();
  private final SameDiffUpdates updates;
  private final INDArray[] features = new INDArray[BenchData.BATCHES];
  private final INDArray[] labels = new INDArray[BenchData.BATCHES];

  SameDiffMlp() {
    BenchData.Classified[] data = BenchData.classes(BATCH);
    for (int i = 0; i < data.length; i++) {
      features[i] = Nd4j.createFromArray(data[i].features()).reshape('c', BATCH, SIZES[0]);
      labels[i] = Nd4j.zeros(DataType.FLOAT, BATCH, 10);
      for (int row = 0; row < BATCH; row++) {
        labels[i].putScalar(row, data[i].labels()[row], 1);
      }
    }
    SDVariable x = sd.placeHolder("features", DataType.FLOAT, BATCH, SIZES[0]);
    SDVariable y = sd.placeHolder("labels", DataType.FLOAT, BATCH, 10);
    SameDiffWeights weights = new SameDiffWeights(new LinkedHashMap<>());
    for (int i = 1; i < SIZES.length; i++) {
      x = weights.dense(sd, "dense" + i, x, SIZES[i - 1], SIZES[i]);
      x = i < SIZES.length - 1 ? sd.nn().relu(x, 0) : x;
    }
    sd.loss().softmaxCrossEntropy("loss", y, x, null);
    sd.setLossVariables("loss");
    Quiet.differentiate(sd);
    updates = new SameDiffUpdates(weights.arrays(), 1e-3, 0.9, 0.999);
  }

  @Override
  public double[] step(int number) {
    int batch = number % features.length;
    Map<String, INDArray> feeds = Map.of("features", features[batch], "labels", labels[batch]);
    var result = sd.calculateGradientsAndOutputs(feeds, List.of("loss"), List.of(updates.names()));
    updates.apply(result.getGradients());
    return new double[] {Objects.requireNonNull(result.getOutputs().get("loss")).getDouble(0)};
  }

  @Override
  public void close() {}
}
